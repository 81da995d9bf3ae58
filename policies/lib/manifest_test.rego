package gatehouse.lib.manifest_test

import data.gatehouse.lib.manifest

test_names_a_document_by_its_kind_and_name if {
	manifest.address == "Pod/shop" with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop"}}
}

test_names_a_document_without_a_name_by_its_kind if {
	every metadata in [{"generateName": "shop-"}, {"name": 7}, {}, null] {
		manifest.address == "Pod" with input as {"apiVersion": "v1", "kind": "Pod", "metadata": metadata}
	}
}

test_takes_no_other_document_for_one_of_kubernetes if {
	every document in [{"kind": "Pod", "metadata": {"name": "shop"}}, {"apiVersion": "v1"}, {"apiVersion": 1, "kind": "Pod"}, [], null] {
		not manifest.address with input as document
	}
}

test_a_container_has_the_last_word_of_its_safety if {
	pod := {"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"runAsNonRoot": true}}}
	manifest.safety({"securityContext": {"runAsNonRoot": false}}, "runAsNonRoot") == false with input as pod
	manifest.safety({"securityContext": {"runAsNonRoot": null}}, "runAsNonRoot") == true with input as pod
	manifest.safety({}, "runAsNonRoot") == true with input as pod
	manifest.safety({}, "seccompProfile") == null with input as pod
}
