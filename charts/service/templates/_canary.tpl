{{/*
Steps and their verdicts. The stable version keeps all its pods until the canary has all the traffic (dynamicStableScale is false): going back needs no new
pod. After the last step the controller gives the canary all the traffic by itself.
*/}}
{{- define "service.canary" -}}
stableService: {{ .Values.name }}
canaryService: {{ .Values.name }}-canary
dynamicStableScale: false
{{- /* Requests on their way to pods of the loser are finished first. Seconds. */}}
abortScaleDownDelaySeconds: {{ max 30 .Values.container.stopWithinSeconds }}
scaleDownDelaySeconds: {{ max 30 .Values.container.stopWithinSeconds }}
trafficRouting:
  {{- if eq .Values.entrance.kind "gateway-api" }}
  plugins:
    argoproj-labs/gatewayAPI:
      httpRoute: {{ .Values.name }}
      namespace: {{ .Release.Namespace }}
  {{- else }}
  nginx:
    stableIngress: {{ .Values.name }}
  {{- end }}
analysis:
  {{- include "service.judgedBy" (dict "root" . "template" "watch") | nindent 2 }}
  {{- /* From when the canary has its first share of the traffic. */}}
  startingStep: 1
steps:
  {{- range initial .Values.canary.steps }}
  - setWeight: {{ int64 . }}
  - pause:
      duration: {{ int64 $.Values.canary.observeSeconds }}
  - analysis:
      {{- include "service.judgedBy" (dict "root" $ "template" "step") | nindent 6 }}
  {{- else }} []
  {{- end }}
{{- end }}

{{/* Takes a dict of root and template. */}}
{{- define "service.judgedBy" -}}
templates:
  - templateName: {{ .root.Values.name }}-{{ .template }}
args:
  - name: canary-hash
    valueFrom:
      podTemplateHashValue: Latest
  - name: stable-hash
    valueFrom:
      podTemplateHashValue: Stable
{{- end }}
