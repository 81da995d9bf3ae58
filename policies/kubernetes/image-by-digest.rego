# METADATA
# title: an image is named by its digest
# description: In a manifest, a rendered chart or a synthesized stack, an image is named by its digest
# custom:
#   id: image-by-digest
#   level: blocking
#   reason: a tag is what its owner says it is today; what was scanned and signed is a digest (MAE-10)
#   remedy: write the image with `@sha256:…`
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "Checkov: CKV_K8S_14"
#     - "Checkov: CKV_K8S_43"
package gatehouse.kubernetes.image_by_digest

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	not regex.match(`@sha256:[0-9a-f]{64}$`, object.get(found.container, "image", ""))
	finding := {
		"msg": sprintf("the image of the container %v has no digest; name it by one", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "image"]),
	}
}
