# METADATA
# title: every dependency says its license
# description: In an SBOM, every dependency says its license
# custom:
#   id: license-known
#   level: advisory
#   reason: what says nothing allows nothing (MAE-5)
#   remedy: ask its author, or replace it; the gate of a service keeps a list of accepted ones
#   links:
#     - https://spdx.org/licenses/
#     - https://cyclonedx.org/docs/1.6/json/
#   external:
#     - "CIS GitHub v1.2.0: 1.5.6"
#     - "CIS GitHub v1.2.0: 3.2.3"
package gatehouse.licenses.license_known

deny contains finding if {
	input.bomFormat == "CycloneDX"
	some index, component in input.components
	component.type in {"framework", "library"}
	not says(component)
	finding := {
		"msg": sprintf("%v says no license; without one it may not be used", [component.name]),
		"address": sprintf("%v", [object.get(component, "purl", component.name)]),
		"path": sprintf("components[%d].licenses", [index]),
	}
}

says(component) if {
	some entry in component.licenses
	some text in {object.get(entry, "expression", ""), object.get(entry, ["license", "id"], ""), object.get(entry, ["license", "name"], "")}
	not upper(text) in {"", "NOASSERTION", "NONE", "UNKNOWN", "UNLICENSED"}
}
