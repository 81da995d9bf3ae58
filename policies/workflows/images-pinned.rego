# METADATA
# title: a job's images are pinned to a digest
# description: In a workflow file, a job's images are pinned to a digest
# custom:
#   id: images-pinned
#   level: blocking
#   reason: a tag is what its owner says it is today
#   remedy: write the image with `@sha256:…`
#   links:
#     - https://docs.zizmor.sh/audits/#unpinned-images
#   external:
#     - "OpenSSF Scorecard: Pinned-Dependencies"
#     - "CIS GitHub v1.2.0: 2.4.2"
#     - "zizmor: unpinned-images"
package gatehouse.workflows.images_pinned

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	some path, image in images(job)
	not regex.match(`@sha256:[0-9a-f]{64}$`, image)
	not startswith(image, "${{")
	finding := {
		"msg": sprintf("the image %s is not pinned; write its digest", [image]),
		"address": workflow.address(id),
		"path": path,
	}
}

images(job) := {path: image |
	some path, image in object.union(container(job), {path: service.image |
		some name, service in object.get(job, "services", {})
		path := sprintf("services.%s.image", [name])
	})
	is_string(image)
	image != ""
}

container(job) := {"container": job.container} if {
	is_string(job.container)
} else := {"container.image": job.container.image} if {
	job.container.image
} else := {}
