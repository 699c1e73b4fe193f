{{- /* Refuses a Secret that is not there, or lacks a key, from dict root, setting, secret, keys. Looks only in a cluster. */ -}}
{{- define "slipway.requireSecret" -}}
{{- $namespace := .root.Release.Namespace -}}
{{- if lookup "v1" "ServiceAccount" $namespace "default" -}}
{{- $found := lookup "v1" "Secret" $namespace .secret -}}
{{- $make := "" -}}
{{- range .keys -}}{{- $make = printf "%s --from-literal=%s=…" $make . -}}{{- end -}}
{{- if not $found -}}
{{- fail (printf "%s names the Secret '%s', which the namespace '%s' does not have. Make it: kubectl -n %s create secret generic %s%s" .setting .secret $namespace $namespace .secret $make) -}}
{{- end -}}
{{- range .keys -}}
{{- if not (hasKey (default dict $found.data) .) -}}
{{- fail (printf "%s names the Secret '%s', which has no entry '%s'; it has: %s" $.setting $.secret . (join ", " (keys (default dict $found.data) | sortAlpha))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What the schema can't say, or not clearly. */ -}}
{{- define "slipway.validate" -}}
{{- $stores := .Values.stores -}}
{{- if eq .Values.mode "distributed" -}}
{{- $missing := list -}}
{{- if not $stores.arangodb.url -}}{{- $missing = append $missing "stores.arangodb.url" -}}{{- end -}}
{{- if not $stores.cassandra.contactPoints -}}{{- $missing = append $missing "stores.cassandra.contactPoints" -}}{{- end -}}
{{- if not $stores.s3.url -}}{{- $missing = append $missing "stores.s3.url" -}}{{- end -}}
{{- if $missing -}}
{{- fail (printf "mode 'distributed' needs servers for all stores, as pods share no files. Set %s, or use mode 'standalone'." (join ", " $missing)) -}}
{{- end -}}
{{- $registry := include "slipway.settings" (dict "root" . "component" "registry") | fromJson -}}
{{- $several := or (gt (int $registry.replicas) 1) $registry.autoscaling.enabled -}}
{{- if and $several (not .Values.keys.delivery.existingSecret) (ne .Values.keys.delivery.accessMode "ReadWriteMany") -}}
{{- fail "Several replicas of the registry must see the same signing keys: set keys.delivery.existingSecret, or keys.delivery.accessMode=ReadWriteMany." -}}
{{- end -}}
{{- if .Values.serviceToken.existingSecret -}}
{{- include "slipway.requireSecret" (dict "root" . "setting" "serviceToken.existingSecret" "secret" .Values.serviceToken.existingSecret "keys" (list .Values.serviceToken.key)) -}}
{{- end -}}
{{- if .Values.keys.webhooks.existingSecret -}}
{{- include "slipway.requireSecret" (dict "root" . "setting" "keys.webhooks.existingSecret" "secret" .Values.keys.webhooks.existingSecret "keys" (list .Values.keys.webhooks.key)) -}}
{{- end -}}
{{- if .Values.keys.delivery.existingSecret -}}
{{- include "slipway.requireSecret" (dict "root" . "setting" "keys.delivery.existingSecret" "secret" .Values.keys.delivery.existingSecret "keys" list) -}}
{{- end -}}
{{- end -}}
{{- if and $stores.arangodb.url $stores.arangodb.existingSecret -}}
{{- include "slipway.requireSecret" (dict "root" . "setting" "stores.arangodb.existingSecret" "secret" $stores.arangodb.existingSecret "keys" (list $stores.arangodb.passwordKey)) -}}
{{- end -}}
{{- with $stores.cassandra -}}
{{- if and .contactPoints (not .datacenter) -}}
{{- fail "stores.cassandra.datacenter is missing: the data centre's name, as `nodetool status` shows it." -}}
{{- end -}}
{{- if ne (empty .user) (empty .existingSecret) -}}
{{- fail "Set both stores.cassandra.user and stores.cassandra.existingSecret (the Secret with the password), or none." -}}
{{- end -}}
{{- if and .contactPoints .existingSecret -}}
{{- include "slipway.requireSecret" (dict "root" $ "setting" "stores.cassandra.existingSecret" "secret" .existingSecret "keys" (list .passwordKey)) -}}
{{- end -}}
{{- end -}}
{{- with $stores.s3 -}}
{{- if and .url (not .bucket) -}}
{{- fail "stores.s3.bucket is missing: the bucket that holds the artifacts." -}}
{{- end -}}
{{- if and .url (not .existingSecret) -}}
{{- fail "stores.s3.existingSecret is missing: the Secret with the account's access key and secret key." -}}
{{- end -}}
{{- if .url -}}
{{- include "slipway.requireSecret" (dict "root" $ "setting" "stores.s3.existingSecret" "secret" .existingSecret "keys" (list .accessKeyKey .secretKeyKey)) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.backup.restore (not .Values.backup.enabled) -}}
{{- fail "backup.restore needs backup.enabled=true, and the claim with the backups." -}}
{{- end -}}
{{- if .Values.backup.enabled -}}
{{- if or (eq .Values.mode "distributed") $stores.arangodb.url $stores.cassandra.contactPoints $stores.s3.url -}}
{{- fail "backup.enabled backs up the volume of the standalone mode. Stores on servers are backed up with their own tools: docs/administration.md says in which order." -}}
{{- end -}}
{{- if eq .Values.standalone.persistence.accessMode "ReadWriteOncePod" -}}
{{- fail "backup.enabled needs standalone.persistence.accessMode=ReadWriteOnce: the pod that makes the backups has the volume too." -}}
{{- end -}}
{{- end -}}
{{- if and (eq .Values.training.executor "kubernetes") (not .Values.serviceAccount.create) -}}
{{- fail "training.executor 'kubernetes' needs a ServiceAccount of its own, lest every pod of the namespace may make Jobs: set serviceAccount.create=true." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty: name the hosts under which the gateway is reached." -}}
{{- end -}}
{{- if le (int .Values.shutdown.graceSeconds) (int .Values.shutdown.drainSeconds) -}}
{{- fail "shutdown.graceSeconds includes shutdown.drainSeconds, so it has to be greater." -}}
{{- end -}}
{{- end -}}
