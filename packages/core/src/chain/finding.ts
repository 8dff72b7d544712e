/** Something that a check of a chain found. Only errors stop a run. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly code: FindingCode;
  /** Where, as a JSON path in the wire's spelling: `$.tasks[2].transition.branches[0].goto`. */
  readonly path: string;
  /** What was expected and what came. */
  readonly message: string;
  /** The word that was probably meant, or what to write instead. */
  readonly suggestion?: string;
}

/** Every code that there is. `docs/findings.md` has a section for each. */
export const FINDING_CODES = [
  "not_an_object",
  "wrong_type",
  "unknown_field",
  "missing_field",
  "no_tasks",
  "empty_task_id",
  "reserved_task_id",
  "duplicate_task_id",
  "integer_task_id",
  "unknown_handler",
  "unknown_operator",
  "unknown_strategy",
  "unknown_data_type",
  "unknown_failure_class",
  "unknown_target",
  "unknown_variable",
  "shadowed_variable",
  "unknown_property",
  "unknown_policy",
  "unknown_group",
  "unknown_hook",
  "unknown_model",
  "unused_field",
  "invalid_template",
  "invalid_duration",
  "invalid_number",
  "invalid_schema",
  "unknown_keyword",
  "impossible_schema",
  "negative_retry",
  "ambiguous_condition",
  "impossible_outcome",
  "unmatched_outcome",
  "type_mismatch",
  "contract_mismatch",
  "unreachable_branch",
  "unreachable_task",
  "unbounded_cycle",
  "task_cannot_end",
  "partly_checked",
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];
