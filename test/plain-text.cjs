// With CI set, or on a terminal, what verbs print is coloured; tests read it plain, wherever they run.
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";
