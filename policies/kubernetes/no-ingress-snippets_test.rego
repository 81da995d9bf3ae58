package gatehouse.kubernetes.no_ingress_snippets_test

import data.gatehouse.kubernetes.no_ingress_snippets as rule

ingress(annotations) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {"name": "shop", "annotations": annotations},
	"spec": {"ingressClassName": "nginx"},
}

test_refuses_snippets if {
	every annotation in ["nginx.ingress.kubernetes.io/configuration-snippet", "nginx.ingress.kubernetes.io/auth-snippet", "nginx.org/location-snippets"] {
		findings := rule.deny with input as ingress({annotation: "return 200;", "nginx.ingress.kubernetes.io/canary": "true"})
		{[f.address, f.path] | some f in findings} == {["Ingress/shop", sprintf("metadata.annotations[\"%s\"]", [annotation])]}
	}
}

test_allows_annotations_of_other_kinds_and_none if {
	every annotations in [{"nginx.ingress.kubernetes.io/canary-weight": "10"}, {}, null] {
		findings := rule.deny with input as ingress(annotations)
		count(findings) == 0
	}
}

test_allows_them_where_no_controller_reads_them if {
	findings := rule.deny with input as object.union(ingress({"example.com/snippet": "text"}), {"kind": "Service", "apiVersion": "v1"})
	count(findings) == 0
}
