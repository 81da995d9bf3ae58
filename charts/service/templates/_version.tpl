{{/*
What runs now, as JSON {kept, digest, commit, release}: kept is empty where there is nothing to keep, "no" where something else runs, else "yes". Versions belong to
releases, which patch the workload; Helm would put back the version of its last manifest with every other change, so that one asks the cluster. Without a
cluster (helm template), nothing runs.
*/}}
{{- define "service.running" -}}
{{- $root := . -}}
{{- $found := dict "kept" "" -}}
{{- range $kind := ternary (list "Rollout" "Deployment") (list "Deployment" "Rollout") (eq .Values.workload "rollout") -}}
  {{- $version := ternary "argoproj.io/v1alpha1" "apps/v1" (eq $kind "Rollout") -}}
  {{- /* The look-up of a kind that the cluster doesn't know is an error. */ -}}
  {{- if and (ne $found.kept "yes") ($root.Capabilities.APIVersions.Has (printf "%s/%s" $version $kind)) -}}
    {{- $template := lookup $version $kind $root.Release.Namespace $root.Values.name | dig "spec" "template" dict -}}
    {{- range dig "spec" "containers" list $template -}}
      {{- $digest := trimPrefix (printf "%s@" $root.Values.image.repository) .image -}}
      {{- /* A tag, or another repository: not a version to keep. */ -}}
      {{- $isVersion := and (eq .name $root.Values.name) (regexMatch "^sha256:[0-9a-f]{64}$" $digest) -}}
      {{- $_ := set $found "kept" (ternary "yes" "no" $isVersion) -}}
      {{- $_ := set $found "digest" $digest -}}
      {{- $_ := set $found "commit" (dig "metadata" "annotations" "gatehouse.dev/commit" "unknown" $template) -}}
      {{- $_ := set $found "release" (dig "metadata" "annotations" "gatehouse.dev/release" "cicd.pipeline.run.id=unknown" $template) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $found | toJson -}}
{{- end }}

{{/*
The version to install, as JSON {image, commit, release}. The commit of a digest that somebody wrote is not known, nor the run that released it. Helm changes a
custom resource by the difference of its last two manifests: where something else runs, "unknown" may stand in both, and the commit of that would stay; so it
has the release's number then.
*/}}
{{- define "service.version" -}}
{{- $running := include "service.running" . | fromJson -}}
{{- $digest := .Values.image.digest -}}
{{- $commit := "unknown" -}}
{{- $release := "cicd.pipeline.run.id=unknown" -}}
{{- if and (eq $running.kept "yes") (or (not .Values.image.pinned) (eq $running.digest $digest)) -}}
  {{- $digest = $running.digest -}}
  {{- $commit = $running.commit -}}
  {{- $release = $running.release -}}
{{- else if $running.kept -}}
  {{- $commit = printf "unknown-%d" .Release.Revision -}}
  {{- $release = printf "cicd.pipeline.run.id=%s" $commit -}}
{{- end -}}
{{- dict "image" (printf "%s@%s" .Values.image.repository $digest) "commit" $commit "release" $release | toJson -}}
{{- end }}
