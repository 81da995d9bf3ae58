# METADATA
# title: no dependency's license reaches over the network
# description: In an SBOM, no dependency's license reaches over the network
# custom:
#   id: license-without-network-copyleft
#   level: blocking
#   reason: a service that runs one must publish its own source, or pay (MAE-5)
#   remedy: replace it, or have its use waived by who answers for licenses
#   links:
#     - https://opensource.google/documentation/reference/thirdparty/licenses
#   external:
#     - "CIS GitHub v1.2.0: 1.5.6"
#     - "CIS GitHub v1.2.0: 3.2.3"
package gatehouse.licenses.license_without_network_copyleft

deny contains finding if {
	input.bomFormat == "CycloneDX"
	some index, component in input.components
	some entry in component.licenses
	some text in {object.get(entry, "expression", ""), object.get(entry, ["license", "id"], "")}

	# Of several to choose from, another can be taken.
	not regex.match(`\bOR\b`, text)
	regex.match(`\b(AGPL|BUSL|CPAL|Elastic|EUPL|OSL|RPSL|SSPL)-[0-9]`, text)
	finding := {
		"msg": sprintf("%v is under %s, which a service that runs it has to follow with its own source; replace it", [component.name, text]),
		"address": sprintf("%v", [object.get(component, "purl", component.name)]),
		"path": sprintf("components[%d].licenses", [index]),
	}
}
