import { refuse } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const EARLY_ERRORS: readonly Row[] = [
  better(
    "early: unknown operators",
    refuse("unknown_operator", [
      "operator-unsupported-not-equals",
      "operator-unsupported-exclamation-equals",
      "operator-unsupported-single-equals",
      "operator-unsupported-gte",
      "operator-unsupported-regex",
      "operator-unsupported-upper-case",
      "operator-unsupported-starts-with-no-underscore",
      "operator-unsupported-is-empty",
      "operator-unsupported-empty",
    ]),
  ),
  better(
    "early: missing parts",
    refuse("missing_field", [
      "condition-key-missing-map",
      "condition-key-empty-map",
      "condition-key-null-map",
      "failure-recovery-input-after-empty-handler",
    ]),
  ),
  better(
    "early: templates that cannot be read",
    refuse("invalid_template", ["hook-template-syntax-error", "print-not-on-failure"]),
  ),
  better("early: targets that do not exist", refuse("unknown_target", ["failure-to-missing-task-unused"])),
  better("early: unknown handlers", refuse("unknown_handler", ["handler-unknown-on-failure"])),
  better(
    "early: repeated ids",
    refuse("duplicate_task_id", ["validate-duplicate-ids", "validate-duplicate-ids-first-task"]),
  ),
  better("early: hooks that can never be called", refuse("hook_request_invalid", ["hook-method-invalid"])),
];
