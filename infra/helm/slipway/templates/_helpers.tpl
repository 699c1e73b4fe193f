{{- define "slipway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "slipway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "slipway.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "slipway.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* What every object wears. */ -}}
{{- define "slipway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "slipway.selector" . }}
{{- end -}}

{{- /* The pods of this release. */ -}}
{{- define "slipway.selector" -}}
app.kubernetes.io/name: {{ include "slipway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* The processes: one, or one for each service. */ -}}
{{- define "slipway.components" -}}
{{- if eq .Values.mode "standalone" -}}
standalone
{{- else -}}
gateway labeling dataset training registry conversion monitoring lineage
{{- end -}}
{{- end -}}

{{- /* The process that answers the public. */ -}}
{{- define "slipway.public" -}}
{{- ternary "standalone" "gateway" (eq .Values.mode "standalone") -}}
{{- end -}}

{{- /* An object's name, from dict root, component. */ -}}
{{- define "slipway.component" -}}
{{- include "slipway.fullname" .root }}-{{ .component -}}
{{- end -}}

{{- /* What holds for one process, as JSON, from dict root, component. Resources are replaced as a whole, the rest is merged. */ -}}
{{- define "slipway.settings" -}}
{{- if eq .component "standalone" -}}
{{- $settings := deepCopy .root.Values.standalone -}}
{{- $_ := set $settings "replicas" 1 -}}
{{- $_ := set $settings "autoscaling" (dict "enabled" false) -}}
{{- $_ := set $settings "temporarySize" .root.Values.defaults.temporarySize -}}
{{- toJson $settings -}}
{{- else -}}
{{- $own := default dict (get .root.Values.services .component) -}}
{{- toJson (mergeOverwrite (deepCopy .root.Values.defaults) $own) -}}
{{- end -}}
{{- end -}}

{{- define "slipway.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "slipway.serviceAccount" -}}
{{- ternary (include "slipway.component" .) "default" .root.Values.serviceAccount.create -}}
{{- end -}}

{{- /* The process that trains, and so makes Jobs if they are wanted. */ -}}
{{- define "slipway.trainer" -}}
{{- ternary "standalone" "training" (eq .Values.mode "standalone") -}}
{{- end -}}

{{- /* "true" if the process may speak to the API server, from dict root, component. */ -}}
{{- define "slipway.makesJobs" -}}
{{- if and (eq .root.Values.training.executor "kubernetes") (eq .component (include "slipway.trainer" .root)) -}}true{{- end -}}
{{- end -}}

{{- define "slipway.serviceTokenSecret" -}}
{{- default (include "slipway.fullname" .) .Values.serviceToken.existingSecret -}}
{{- end -}}

{{- define "slipway.webhooksSecret" -}}
{{- default (printf "%s-webhooks" (include "slipway.fullname" .)) .Values.keys.webhooks.existingSecret -}}
{{- end -}}

{{- define "slipway.dataClaim" -}}
{{- default (printf "%s-data" (include "slipway.fullname" .)) .Values.standalone.persistence.existingClaim -}}
{{- end -}}

{{- define "slipway.backupClaim" -}}
{{- default (printf "%s-backup" (include "slipway.fullname" .)) .Values.backup.persistence.existingClaim -}}
{{- end -}}

{{- define "slipway.keysClaim" -}}
{{- default (printf "%s-keys" (include "slipway.fullname" .)) .Values.keys.delivery.existingClaim -}}
{{- end -}}

{{- /* A secret value that is kept once made, from dict root, secret, key. */ -}}
{{- define "slipway.kept" -}}
{{- $found := lookup "v1" "Secret" .root.Release.Namespace .secret -}}
{{- if and $found (hasKey (default dict $found.data) .key) -}}
{{- get $found.data .key -}}
{{- else -}}
{{- randAlphaNum 48 | b64enc -}}
{{- end -}}
{{- end -}}

{{- /* The TCP ports of the stores' addresses, as JSON. */ -}}
{{- define "slipway.storePorts" -}}
{{- $addresses := list -}}
{{- range list .Values.stores.arangodb.url .Values.stores.s3.url -}}
{{- range splitList "," . -}}
{{- $address := trim . -}}
{{- if $address -}}{{- $addresses = append $addresses $address -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- range splitList "," .Values.stores.cassandra.contactPoints -}}
{{- $point := trim . -}}
{{- if $point -}}{{- $addresses = append $addresses (printf "cql://%s" $point) -}}{{- end -}}
{{- end -}}
{{- $ports := list -}}
{{- range $addresses -}}
{{- $port := regexFind ":[0-9]+/?$" . | trimPrefix ":" | trimSuffix "/" -}}
{{- $ports = append $ports (default (ternary "443" (ternary "9042" "80" (hasPrefix "cql" .)) (hasPrefix "https" .)) $port | int) -}}
{{- end -}}
{{- toJson ($ports | uniq | sortAlpha) -}}
{{- end -}}
