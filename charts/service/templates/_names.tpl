{{/*
Labels by which pods belong to the workload. A workload's selector can't be changed later.
https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates
*/}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Values.name }}
app.kubernetes.io/component: service
{{- end }}

{{/*
Labels of an object: those of the release's values, and the chart's own, which win. Takes a dict of root and component. No version of the chart in them: the
pods have them too, and a new pod template is a new canary.
*/}}
{{- define "service.labels" -}}
{{- $own := dict
  "app.kubernetes.io/name" .root.Values.name
  "app.kubernetes.io/component" .component
  "app.kubernetes.io/managed-by" .root.Release.Service
  "gatehouse.dev/service" .root.Values.name
  "gatehouse.dev/stage" .root.Values.stage
-}}
{{- merge $own .root.Values.labels | toYaml }}
{{- end }}

{{/* Name, namespace and labels. Takes a dict of root, name and component. */}}
{{- define "service.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "service.labels" . | nindent 2 }}
{{- end }}

{{/* Annotations of the workload. */}}
{{- define "service.annotations" -}}
{{- merge (dict "gatehouse.dev/chart-hash" .Values.chartHash) .Values.annotations | toYaml }}
{{- end }}
