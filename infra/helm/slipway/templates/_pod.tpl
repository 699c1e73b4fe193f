{{- /* The environment of every process, from dict root, component. */ -}}
{{- define "slipway.environment" -}}
{{- $values := .root.Values -}}
{{- $stores := $values.stores -}}
- { name: HOME, value: /data }
- { name: SLIPWAY_HOST, value: 0.0.0.0 }
- { name: SLIPWAY_PORT, value: "8080" }
- { name: SLIPWAY_DATA, value: /data }
- { name: SLIPWAY_LOG, value: json }
- { name: SLIPWAY_SECURITY_MODE, value: token }
{{- with $values.javaOptions }}
- { name: JAVA_TOOL_OPTIONS, value: {{ . | quote }} }
{{- end }}
{{- if eq $values.mode "distributed" }}
- name: SLIPWAY_SERVICE_TOKEN
  valueFrom: { secretKeyRef: { name: {{ include "slipway.serviceTokenSecret" .root }}, key: {{ $values.serviceToken.key }} } }
{{- range without (splitList " " (include "slipway.components" .root)) "gateway" }}
- { name: SLIPWAY_{{ upper . }}_URL, value: "http://{{ include "slipway.component" (dict "root" $.root "component" .) }}:8080" }
{{- end }}
{{- if eq .component "registry" }}
- { name: SLIPWAY_DELIVERY_KEYS, value: /keys }
{{- end }}
{{- if eq .component "lineage" }}
- name: SLIPWAY_WEBHOOKS_SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ include "slipway.webhooksSecret" .root }}, key: {{ $values.keys.webhooks.key }} } }
{{- end }}
{{- end }}
{{- if eq .component (include "slipway.trainer" .root) }}
- { name: SLIPWAY_JOBS_KINDS_TRAIN, value: {{ $values.training.concurrency | quote }} }
{{- end }}
{{- if include "slipway.makesJobs" . }}
- { name: SLIPWAY_TRAINING_EXECUTOR, value: kubernetes }
- { name: SLIPWAY_TRAINING_KUBERNETES_SERVER, value: "http://{{ include "slipway.component" . }}:{{ ternary $values.service.port 8080 (eq .component "standalone") }}" }
- { name: SLIPWAY_TRAINING_KUBERNETES_TEMPLATE, value: /training/pod.yaml }
- { name: SLIPWAY_TRAINING_KUBERNETES_TIMEOUT, value: {{ $values.training.timeout }} }
- { name: SLIPWAY_TRAINING_KUBERNETES_START_TIMEOUT, value: {{ $values.training.startTimeout }} }
- { name: SLIPWAY_TRAINING_KUBERNETES_KEEP_FINISHED, value: {{ $values.training.keepFinished }} }
{{- end }}
{{- with $stores.arangodb }}
{{- if .url }}
- { name: SLIPWAY_ARANGODB_URL, value: {{ .url | quote }} }
- { name: SLIPWAY_ARANGODB_DATABASE, value: {{ .database | quote }} }
{{- if .existingSecret }}
- { name: SLIPWAY_ARANGODB_USER, value: {{ .user | quote }} }
- name: SLIPWAY_ARANGODB_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .passwordKey }} } }
{{- end }}
{{- end }}
{{- end }}
{{- with $stores.cassandra }}
{{- if .contactPoints }}
- { name: SLIPWAY_CASSANDRA_CONTACT_POINTS, value: {{ .contactPoints | quote }} }
- { name: SLIPWAY_CASSANDRA_DATACENTER, value: {{ .datacenter | quote }} }
- { name: SLIPWAY_CASSANDRA_KEYSPACE, value: {{ .keyspace | quote }} }
- { name: SLIPWAY_CASSANDRA_REPLICATION, value: {{ .replication | quote }} }
- { name: SLIPWAY_CASSANDRA_TLS, value: {{ .tls | quote }} }
{{- if .ttl }}
- { name: SLIPWAY_CASSANDRA_TTL, value: {{ .ttl | quote }} }
{{- end }}
{{- if .existingSecret }}
- { name: SLIPWAY_CASSANDRA_USER, value: {{ .user | quote }} }
- name: SLIPWAY_CASSANDRA_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .passwordKey }} } }
{{- end }}
{{- end }}
{{- end }}
{{- with $stores.s3 }}
{{- if .url }}
- { name: SLIPWAY_S3_URL, value: {{ .url | quote }} }
- { name: SLIPWAY_S3_BUCKET, value: {{ .bucket | quote }} }
- { name: SLIPWAY_S3_REGION, value: {{ .region | quote }} }
{{- if .prefix }}
- { name: SLIPWAY_S3_PREFIX, value: {{ .prefix | quote }} }
{{- end }}
{{- if .encryption }}
- { name: SLIPWAY_S3_ENCRYPTION, value: {{ .encryption | quote }} }
{{- end }}
- name: SLIPWAY_S3_ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .accessKeyKey }} } }
- name: SLIPWAY_S3_SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .secretKeyKey }} } }
{{- end }}
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "slipway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "slipway.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /* The pod template of a process, from dict root, component. */ -}}
{{- define "slipway.pod" -}}
{{- $values := .root.Values -}}
{{- $settings := include "slipway.settings" . | fromJson -}}
{{- $registry := eq .component "registry" -}}
metadata:
  labels:
    {{- include "slipway.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- $changes := include "slipway.makesJobs" . }}
  {{- if or $values.podAnnotations $changes }}
  annotations:
    {{- if $changes }}
    # The template is read at the start.
    checksum/training-job: {{ printf "%s %s" (toJson $values.training) (toJson $values.image) | sha256sum }}
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  serviceAccountName: {{ include "slipway.serviceAccount" . }}
  # Only a process that makes Jobs speaks to the API server.
  automountServiceAccountToken: {{ ternary "true" "false" (eq "true" (include "slipway.makesJobs" .)) }}
  # The variables that Kubernetes makes of Services would be taken for settings: SLIPWAY_PORT, for one.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $values.shutdown.graceSeconds }}
  securityContext:
    {{- include "slipway.podSecurity" .root | nindent 4 }}
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $settings.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $settings.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $settings.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne .component "standalone" }}
  topologySpreadConstraints:
    {{- if $values.topologySpreadConstraints }}
    {{- toYaml $values.topologySpreadConstraints | nindent 4 }}
    {{- else }}
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "slipway.selector" .root | nindent 10 }}
          app.kubernetes.io/component: {{ .component }}
    {{- end }}
  {{- end }}
  {{- $restore := and (eq .component "standalone") $values.backup.restore }}
  {{- if $restore }}
  initContainers:
    - name: restore
      image: {{ include "slipway.image" .root | quote }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args: [admin, restore, /backups, --if-empty{{ if ne $restore "newest" }}, --backup, {{ $restore }}{{ end }}]
      securityContext:
        {{- include "slipway.containerSecurity" .root | nindent 8 }}
      env:
        {{- include "slipway.environment" . | nindent 8 }}
      resources:
        {{- toYaml $values.backup.resources | nindent 8 }}
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: backups, mountPath: /backups, readOnly: true }
        - { name: tmp, mountPath: /tmp }
  {{- end }}
  containers:
    - name: slipway
      image: {{ include "slipway.image" .root | quote }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args: [serve{{ if ne .component "standalone" }}, {{ .component }}{{ end }}]
      securityContext:
        {{- include "slipway.containerSecurity" .root | nindent 8 }}
      env:
        {{- include "slipway.environment" . | nindent 8 }}
      ports:
        - { name: http, containerPort: 8080 }
      # A store that is away makes a pod unready and never restarts it. Host is a name that every process knows as its own.
      startupProbe:
        httpGet: { path: /health/liveness, port: http, httpHeaders: [{ name: Host, value: localhost }] }
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /health/liveness, port: http, httpHeaders: [{ name: Host, value: localhost }] }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /health/readiness, port: http, httpHeaders: [{ name: Host, value: localhost }] }
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 3
      lifecycle:
        preStop: { sleep: { seconds: {{ $values.shutdown.drainSeconds }} } }
      resources:
        {{- toYaml $settings.resources | nindent 8 }}
      volumeMounts:
        - { name: data, mountPath: /data }
        # The native libraries are unpacked there and run from there.
        - { name: tmp, mountPath: /tmp }
        {{- if $registry }}
        - { name: keys, mountPath: /keys{{ if $values.keys.delivery.existingSecret }}, readOnly: true{{ end }} }
        {{- end }}
        {{- if include "slipway.makesJobs" . }}
        - { name: training, mountPath: /training, readOnly: true }
        {{- end }}
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- if eq .component "standalone" }}
    - { name: data, persistentVolumeClaim: { claimName: {{ include "slipway.dataClaim" .root }} } }
    {{- else }}
    - { name: data, emptyDir: { sizeLimit: {{ $settings.scratchSize }} } }
    {{- end }}
    - { name: tmp, emptyDir: { sizeLimit: {{ $settings.temporarySize }} } }
    {{- if $restore }}
    - { name: backups, persistentVolumeClaim: { claimName: {{ include "slipway.backupClaim" .root }} } }
    {{- end }}
    {{- if $registry }}
    {{- if $values.keys.delivery.existingSecret }}
    - { name: keys, secret: { secretName: {{ $values.keys.delivery.existingSecret }}, defaultMode: 0440 } }
    {{- else }}
    - { name: keys, persistentVolumeClaim: { claimName: {{ include "slipway.keysClaim" .root }} } }
    {{- end }}
    {{- end }}
    {{- if include "slipway.makesJobs" . }}
    - { name: training, configMap: { name: {{ include "slipway.component" (dict "root" .root "component" "training-job") }} } }
    {{- end }}
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
