# METADATA
# title: a quota limits all that a service can take
# description: In a synthesized stack, a quota limits all that a service can take
# custom:
#   id: quota-complete
#   level: blocking
#   reason: what has no limit can be taken whole, as nodes by pods, money by load balancers, ports of every node
#   remedy: keep pods, requests.cpu, requests.memory, limits.memory, services.loadbalancers and services.nodeports in the quota
#   links:
#     - https://kubernetes.io/docs/concepts/policy/resource-quotas/
#   external: []
package gatehouse.kubernetes.quota_complete

import data.gatehouse.lib.configuration

limited := {"limits.memory", "pods", "requests.cpu", "requests.memory", "services.loadbalancers", "services.nodeports"}

deny contains finding if {
	some name, quota in configuration.named("kubernetes_resource_quota_v1")
	some key in (limited - object.keys(object.get(quota, ["spec", "hard"], {})))
	finding := {
		"msg": sprintf("the quota says nothing of %s", [key]),
		"address": configuration.address("kubernetes_resource_quota_v1", name),
		"path": sprintf("spec.hard[\"%s\"]", [key]),
	}
}
