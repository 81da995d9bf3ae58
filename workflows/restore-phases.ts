/** How long each part of a restore takes, for its report: seconds by phase as JSON in `phases`, the beginning in `began`. */
export const RESTORE_PHASES = String.raw`
phase_name=
phase_began=0
phases='{}'
began=$(date +%s)

# phase NAME: ends the phase before and begins this one; without a name it only ends.
phase() {
  local now
  now=$(date +%s)
  if [[ -n $phase_name ]]; then
    phases=$(jq -c --arg name "$phase_name" --argjson seconds $((now - phase_began)) '. + { ($name): $seconds }' <<<"$phases")
  fi
  phase_name=$\{1:-}
  phase_began=$now
}
`;
