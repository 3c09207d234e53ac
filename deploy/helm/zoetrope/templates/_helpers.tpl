{{- define "zoetrope.name" -}}
{{- if contains "zoetrope" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-zoetrope" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Of one part: (dict "root" $ "part" "gateway") */}}
{{- define "zoetrope.selector" -}}
app.kubernetes.io/name: zoetrope
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "zoetrope.labels" -}}
{{ include "zoetrope.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "zoetrope.image" -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}

{{- define "zoetrope.secret" -}}
{{ default (include "zoetrope.name" .) .Values.clusterSecret.existingSecret }}
{{- end -}}

{{- define "zoetrope.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "zoetrope.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* What every process is told, as a list of environment variables. */}}
{{- define "zoetrope.env" -}}
- name: ZOETROPE_BOOTSTRAP_SERVERS
  value: {{ .Values.kafka.bootstrapServers | quote }}
- name: ZOETROPE_SCHEMA_REGISTRY_URL
  value: {{ .Values.schemaRegistry.url | quote }}
{{- range $key, $value := .Values.kafka.settings }}
- name: ZOETROPE_KAFKA_{{ $key | replace "." "_" | upper }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Which model is that of runs that name none: the first one. As a list of environment variables. */}}
{{- define "zoetrope.modelEnv" -}}
- name: ZOETROPE_MODELS
  value: {{ default "zoetrope-shapes" (index .Values.detectors 0).model | quote }}
{{- with .Values.shadowModels }}
- name: ZOETROPE_DETECT_SHADOW_MODELS
  value: {{ join "," . | quote }}
{{- end }}
{{- end -}}

{{- define "zoetrope.envFrom" -}}
{{- with .Values.kafka.settingsSecret }}
- secretRef:
    name: {{ . }}
{{- end }}
{{- with .Values.envFrom }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
The pod of a role: (dict "root" $ "part" "splitter" "command" "splitter" "config" .Values.splitter
"env" "more variables, as YAML" "mounts" "more mounts, as YAML" "volumes" "more volumes, as YAML")
*/}}
{{- define "zoetrope.pod" -}}
metadata:
  labels:
    {{- include "zoetrope.labels" . | nindent 4 }}
  {{- with .root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "zoetrope.name" .root }}
  automountServiceAccountToken: {{ not (empty .root.Values.serviceAccount.annotations) }}
  # A process that was told to stop ends within 30 seconds by itself.
  terminationGracePeriodSeconds: 35
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "zoetrope.podSecurityContext" .root | nindent 4 }}
  {{- with default .root.Values.nodeSelector .config.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with default .root.Values.tolerations .config.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "zoetrope.selector" . | nindent 10 }}
  containers:
    - name: {{ .command }}
      image: {{ include "zoetrope.image" .root | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: [{{ .command }}]
      securityContext:
        {{- include "zoetrope.securityContext" .root | nindent 8 }}
      env:
        {{- include "zoetrope.env" .root | nindent 8 }}
        - name: ZOETROPE_MEDIA_STORE
          value: {{ .root.Values.mediaStore.uri | quote }}
        - name: ZOETROPE_CLUSTER_SECRET
          valueFrom:
            secretKeyRef:
              name: {{ include "zoetrope.secret" .root }}
              key: cluster-secret
        {{- with .env }}
        {{- . | nindent 8 }}
        {{- end }}
      {{- with include "zoetrope.envFrom" .root | trim }}
      envFrom:
        {{- . | nindent 8 }}
      {{- end }}
      ports:
        - name: http
          containerPort: 8080
      startupProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 2
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet: {path: /health/ready, port: http}
        periodSeconds: 5
        timeoutSeconds: 5
      {{- with .config.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if .root.Values.mediaStore.existingClaim }}
        - name: media
          mountPath: /var/lib/zoetrope/media
        {{- end }}
        {{- with .mounts }}
        {{- . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    {{- with .root.Values.mediaStore.existingClaim }}
    - name: media
      persistentVolumeClaim:
        claimName: {{ . }}
    {{- end }}
    {{- with .volumes }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end -}}
