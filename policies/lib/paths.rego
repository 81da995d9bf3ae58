package gatehouse.lib.paths

# A path of `walk`, as people write it: policy[0].matcher[1].label.
text(at) := trim_prefix(concat("", [written(key) | some key in at]), ".")

written(key) := sprintf("[%d]", [key]) if is_number(key)

written(key) := concat("", [".", key]) if is_string(key)
