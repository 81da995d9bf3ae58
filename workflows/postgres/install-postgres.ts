import type { WorkflowStep } from "../workflow";

const INSTALL_POSTGRES = `
programs=/usr/lib/postgresql/$POSTGRES_MAJOR/bin
if [[ ! -x $programs/initdb ]]; then
  sudo apt-get update --quiet
  sudo apt-get install --yes --quiet postgresql-common ca-certificates
  sudo mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' | sudo tee /etc/postgresql-common/createcluster.d/no-cluster.conf >/dev/null
  sudo /usr/share/postgresql-common/pgdg/*.sh -y
  sudo apt-get install --yes --quiet --no-install-recommends "postgresql-$POSTGRES_MAJOR"
fi
"$programs/pg_dump" --version
`.trim();

/**
 * The programs of the server's major version, from PostgreSQL's own packages unless the runner's image has them already; the script that adds
 * them, and the key that signs them, come with Ubuntu's postgresql-common. Minor versions are the newest: they fix pg_dump and pg_restore
 * (CVE-2025-8714), and dumps stay readable within a major version. No cluster is made: the drill makes its own.
 * https://wiki.postgresql.org/wiki/Apt
 */
export function installPostgres(version: number): WorkflowStep {
  return {
    name: "Install PostgreSQL",
    env: { POSTGRES_MAJOR: version },
    run: INSTALL_POSTGRES,
  };
}
