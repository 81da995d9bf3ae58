import { definesSetting, environmentsOf, environmentsOfStage } from "../../declaration/environments";
import { openclawPos } from "../../services/openclaw-pos";
import { minimalService } from "./fixture";

describe("environments of a service", () => {
  test("are its stages, each followed by what runs unattended in it", () => {
    expect(environmentsOf(openclawPos).map(({ name, stage, unattended }) => [name, stage, unattended])).toEqual([
      ["staging", "staging", false],
      ["production", "production", false],
      ["production-backup", "production", true],
      ["production-restore", "production", true],
    ]);
  });

  test("have the stage's protections when they are the stage's own", () => {
    expect(environmentsOfStage("production", minimalService.stages.production)).toEqual([
      {
        name: "production",
        stage: "production",
        unattended: false,
        reviewers: ["maintainers"],
        preventSelfReview: true,
        waitMinutes: 5,
        branches: ["main"],
      },
    ]);
  });

  test("wait for nobody when they are unattended", () => {
    const [, backup] = environmentsOfStage("production", openclawPos.stages.production);
    expect(backup).toEqual({
      name: "production-backup",
      description: "The daily export of the database",
      stage: "production",
      unattended: true,
      reviewers: [],
      preventSelfReview: false,
      waitMinutes: 0,
      branches: ["main"],
    });
  });
});

describe("an environment defines", () => {
  test("the secrets that name it", () => {
    expect(definesSetting(openclawPos.settings.BACKUP_AGE_IDENTITY, "production-restore")).toBe(true);
    expect(definesSetting(openclawPos.settings.BACKUP_AGE_IDENTITY, "production-backup")).toBe(false);
  });

  test("the variables that have a value for it, and no property of every object", () => {
    expect(definesSetting(openclawPos.settings.APP_ENV, "staging")).toBe(true);
    expect(definesSetting(openclawPos.settings.APP_ENV, "toString")).toBe(false);
  });
});
