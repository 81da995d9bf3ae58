{{/* The pod template of the Rollout or Deployment. Nothing in it changes with the chart's version or hash: that would be a new canary. */}}
{{- define "service.template" -}}
{{- $container := .Values.container -}}
metadata:
  labels:
    {{- include "service.labels" (dict "root" . "component" "service") | nindent 4 }}
  annotations:
    gatehouse.dev/commit: {{ (include "service.version" . | fromJson).commit | quote }}
    gatehouse.dev/release: {{ (include "service.version" . | fromJson).release | quote }}
    {{- with $container.metrics }}
    prometheus.io/scrape: "true"
    prometheus.io/port: {{ int64 .port | quote }}
    prometheus.io/path: {{ .path | quote }}
    {{- end }}
spec:
  {{- include "service.pod" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ add $container.stopWithinSeconds (include "service.drainSeconds" . | int64) }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "service.selector" $ | nindent 10 }}
      matchLabelKeys:
        - {{ ternary "rollouts-pod-template-hash" "pod-template-hash" (eq $.Values.workload "rollout") }}
    {{- end }}
  containers:
    - name: {{ .Values.name }}
      {{- include "service.container" . | nindent 6 }}
      ports:
        - name: http
          containerPort: {{ int64 $container.port }}
          protocol: TCP
        {{- with $container.metrics }}
        {{- if ne (int64 .port) (int64 $container.port) }}
        - name: metrics
          containerPort: {{ int64 .port }}
          protocol: TCP
        {{- end }}
        {{- end }}
      startupProbe:
        httpGet:
          path: {{ $container.liveness.path }}
          port: http
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: {{ ceil (divf $container.startWithinSeconds 2) | int64 }}
      readinessProbe:
        {{- include "service.probe" $container.readiness | nindent 8 }}
      livenessProbe:
        {{- include "service.probe" $container.liveness | nindent 8 }}
      {{- if gt (include "service.drainSeconds" . | int64) 0 }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ include "service.drainSeconds" . }}
      {{- end }}
{{- end }}

{{- define "service.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
periodSeconds: {{ int64 .periodSeconds }}
timeoutSeconds: {{ min 3 .periodSeconds }}
failureThreshold: {{ int64 .failureThreshold }}
{{- end }}

{{/*
So long a pod that is to stop still answers, while the entrance learns of it. Before Kubernetes 1.30 nothing but a program of the image could wait.
https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
*/}}
{{- define "service.drainSeconds" -}}
{{- ternary 5 0 (semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version) -}}
{{- end }}

{{/*
Seconds without progress after which an update has failed: a pod's start, and as long again as Kubernetes grants by default for node and image.
https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
*/}}
{{- define "service.progressDeadlineSeconds" -}}
{{- add .Values.container.startWithinSeconds 600 -}}
{{- end }}

{{/*
Pods are counted by an autoscaler as soon as there may be more than one; a number here would be put back with each change of the release. One pod, or none,
needs no autoscaler.
*/}}
{{- define "service.replicas" -}}
{{- if include "service.isAsleep" . -}}
replicas: 0
{{- else if eq (int64 .Values.replicas.most) 1 -}}
replicas: 1
{{- end -}}
{{- end }}

{{- define "service.isAsleep" -}}
{{- if eq (int64 .Values.replicas.least) 0 }}yes{{ end -}}
{{- end }}
