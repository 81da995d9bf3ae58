{{/*
Environment of the container. Kubernetes fills in $(NAME) of variables that stand above, so what is read from the pod comes first; a service's own values are
plain, so their $ are doubled. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
*/}}
{{- define "service.environment" -}}
- name: GATEHOUSE_COMMIT
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.annotations['gatehouse.dev/commit']
- name: GATEHOUSE_NAMESPACE
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.namespace
- name: GATEHOUSE_NODE
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: spec.nodeName
- name: GATEHOUSE_POD
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.name
- name: GATEHOUSE_POD_UID
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.uid
- name: GATEHOUSE_RELEASE
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.annotations['gatehouse.dev/release']
- name: OTEL_SERVICE_NAME
  value: {{ dig "service.name" .Values.name .Values.container.resourceAttributes | quote }}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: {{ include "service.resourceAttributes" . | quote }}
{{- range $name, $value := .Values.container.variables }}
- name: {{ $name }}
  value: {{ $value | replace "$" "$$" | quote }}
{{- end }}
{{- end }}

{{/*
Names: https://opentelemetry.io/docs/specs/semconv/resource/k8s/. The instance's id is put together as
https://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/ says. What the pod says wins over what the values say. Attributes of the release are
the release train's: it writes all of them into one annotation, key=value and commas between them, and Terraform knows nothing of it.
*/}}
{{- define "service.resourceAttributes" -}}
{{- $ofPod := dict
  "k8s.container.name" .Values.name
  "k8s.namespace.name" "$(GATEHOUSE_NAMESPACE)"
  "k8s.node.name" "$(GATEHOUSE_NODE)"
  "k8s.pod.name" "$(GATEHOUSE_POD)"
  "k8s.pod.uid" "$(GATEHOUSE_POD_UID)"
  "service.instance.id" (printf "$(GATEHOUSE_NAMESPACE).$(GATEHOUSE_POD).%s" .Values.name)
  "service.version" "$(GATEHOUSE_COMMIT)"
  "vcs.ref.head.revision" "$(GATEHOUSE_COMMIT)"
-}}
{{- $pairs := list -}}
{{- $named := dict "service.name" .Values.name "deployment.environment.name" .Values.stage -}}
{{- range $key, $value := merge $ofPod .Values.container.resourceAttributes $named -}}
{{- $pairs = append $pairs (printf "%s=%s" $key $value) -}}
{{- end -}}
{{- join "," (append $pairs "$(GATEHOUSE_RELEASE)") -}}
{{- end }}
