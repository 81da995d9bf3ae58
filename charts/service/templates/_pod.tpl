{{/*
The pod: what the workload and the seed's job have in common. It meets pod security "restricted".
https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
*/}}
{{- define "service.pod" -}}
serviceAccountName: {{ .Values.serviceAccount }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecret }}
imagePullSecrets:
  - name: {{ . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ int64 .Values.container.user }}
  seccompProfile:
    type: RuntimeDefault
{{- if or .Values.container.writable .Values.container.flags }}
volumes:
  {{- range $index, $_ := .Values.container.writable }}
  - name: writable-{{ $index }}
    emptyDir:
      sizeLimit: 1Gi
  {{- end }}
  {{- with .Values.container.flags }}
  - name: flags
    configMap:
      name: {{ .configMap }}
      # Without it the service has its safe values, and starts all the same.
      optional: true
  {{- end }}
{{- end }}
{{- end }}

{{/* Image, environment, resources and privileges of a container of the service. */}}
{{- define "service.container" -}}
image: {{ (include "service.version" . | fromJson).image }}
imagePullPolicy: IfNotPresent
env:
  {{- include "service.environment" . | nindent 2 }}
{{- with .Values.container.secret }}
envFrom:
  - secretRef:
      name: {{ . }}
{{- end }}
resources:
  requests:
    cpu: {{ int64 .Values.container.cpuMillis }}m
    memory: {{ int64 .Values.container.memoryMebibytes }}Mi
  limits:
    {{- with .Values.container.cpuLimitMillis }}
    cpu: {{ int64 . }}m
    {{- end }}
    memory: {{ int64 .Values.container.memoryMebibytes }}Mi
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
{{- if or .Values.container.writable .Values.container.flags }}
volumeMounts:
  {{- range $index, $path := .Values.container.writable }}
  - name: writable-{{ $index }}
    mountPath: {{ $path }}
  {{- end }}
  {{- with .Values.container.flags }}
  - name: flags
    mountPath: {{ .directory }}
    readOnly: true
  {{- end }}
{{- end }}
{{- end }}
