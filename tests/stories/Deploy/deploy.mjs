// Says what is wrong with the files that deploy: a fault a line, nothing when all is well.
//   deploy.mjs (compose.yaml | kubernetes-folder)…
import { readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'

const faults = []
const expect = (holds, fault) => { if (!holds) faults.push(fault) }
const known = (where, value, names) => {
  for (const name of Object.keys(value ?? {})) expect(names.includes(name), `${where}: ${name} is unknown`)
}
const read = async file => parseAllDocuments(await readFile(file, 'utf8'), { merge: true }).map(document => {
  for (const error of document.errors) faults.push(`${file}: ${error.message}`)
  return document.toJS()
})

async function compose(file) {
  const [all] = await read(file)
  known('compose', all, ['name', 'x-silo', 'services', 'networks', 'volumes', 'configs', 'secrets'])
  const serviceMembers = ['image', 'build', 'command', 'depends_on', 'networks', 'read_only', 'cap_drop', 'cap_add', 'security_opt', 'restart', 'stop_grace_period',
    'mem_limit', 'pids_limit', 'configs', 'volumes', 'environment', 'secrets', 'healthcheck', 'ports', 'tmpfs', 'user']
  const used = { secrets: new Set(), configs: new Set(), volumes: new Set() }
  for (const [name, service] of Object.entries(all.services)) {
    known(name, service, serviceMembers)
    expect(service.image, `${name}: no image`)
    expect(service.cap_drop?.includes('ALL'), `${name}: keeps capabilities`)
    expect(service.security_opt?.includes('no-new-privileges:true'), `${name}: may get privileges`)
    expect(service.read_only || name === 'postgres', `${name}: can write to its image`)
    expect(name === 'gateway' || !service.ports, `${name}: is reached from outside`)
    for (const secret of service.secrets ?? []) {
      used.secrets.add(secret)
      expect(all.secrets[secret], `${name}: there is no secret ${secret}`)
    }
    for (const config of service.configs ?? []) {
      used.configs.add(config.source)
      expect(all.configs[config.source], `${name}: there is no config ${config.source}`)
    }
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0]
      if (source.startsWith('.')) continue
      used.volumes.add(source)
      expect(source in all.volumes, `${name}: there is no volume ${source}`)
    }
    for (const network of Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {}))
      expect(network in all.networks, `${name}: there is no network ${network}`)
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(all.services[other], `${name}: there is no service ${other}`)
      expect(condition !== 'service_healthy' || all.services[other]?.healthcheck, `${name}: ${other} never says that it is healthy`)
    }
    for (const value of Object.values(service.environment ?? {})) {
      const secret = /^\/run\/secrets\/(.+)$/.exec(value)?.[1]
      expect(!secret || service.secrets?.includes(secret), `${name}: ${secret} is named and not there`)
    }
  }
  for (const kind of Object.keys(used)) for (const name of Object.keys(all[kind])) expect(used[kind].has(name), `${kind}: nobody uses ${name}`)
  const silos = Object.keys(all.services).filter(name => name.startsWith('silo-'))
  expect(silos.length === 3, `${silos.length} silos`)
  const settings = await readFile(join(dirname(file), all.configs.settings.file), 'utf8')
  for (const silo of silos) {
    for (const [, secret] of settings.matchAll(/\/run\/secrets\/([^"]+)/g)) expect(all.services[silo].secrets.includes(secret), `${silo}: the settings name ${secret}, which is not there`)
    for (const secret of all.services[silo].secrets) expect(!/^(owner|superuser)/.test(secret), `${silo}: has no business with ${secret}`)
  }
  expect(all.networks.inside.internal === true, 'the inner network leads outside')
}

async function kubernetes(folder) {
  const all = (await Promise.all((await readdir(folder)).filter(name => name.endsWith('.yaml')).map(name => read(join(folder, name))))).flat()
  const versions = { Namespace: 'v1', ServiceAccount: 'v1', ConfigMap: 'v1', Service: 'v1', Job: 'batch/v1', StatefulSet: 'apps/v1', PodDisruptionBudget: 'policy/v1', NetworkPolicy: 'networking.k8s.io/v1', Kustomization: 'kustomize.config.k8s.io/v1beta1' }
  const of = kind => all.filter(each => each.kind === kind)
  const [silo] = of('StatefulSet')
  const labels = silo.spec.template.metadata.labels
  const selects = selector => Object.entries(selector ?? {}).every(([name, value]) => labels[name] === value)
  for (const each of all) {
    expect(versions[each.kind] === each.apiVersion, `${each.kind}: ${each.apiVersion}`)
    expect(['Namespace', 'Kustomization'].includes(each.kind) || each.metadata.namespace === 'tumbler', `${each.kind} ${each.metadata?.name}: in no namespace of ours`)
  }
  expect(of('Namespace')[0].metadata.labels['pod-security.kubernetes.io/enforce'] === 'restricted', 'the namespace enforces nothing')
  for (const workload of [silo, ...of('Job')]) {
    const { spec: pod, metadata } = workload.spec.template
    const where = `${workload.kind} ${workload.metadata.name}`
    known(where, pod, ['serviceAccountName', 'automountServiceAccountToken', 'enableServiceLinks', 'terminationGracePeriodSeconds', 'securityContext', 'affinity', 'topologySpreadConstraints', 'containers', 'volumes', 'restartPolicy'])
    // What "restricted" asks for, and some more.
    expect(pod.securityContext?.runAsNonRoot === true && pod.securityContext.runAsUser > 0, `${where}: may be root`)
    expect(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', `${where}: no seccomp profile`)
    expect(pod.automountServiceAccountToken === false, `${where}: has a token for Kubernetes`)
    for (const container of pod.containers) {
      known(where, container, ['name', 'image', 'args', 'env', 'ports', 'startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle', 'securityContext', 'resources', 'volumeMounts'])
      expect(container.securityContext?.allowPrivilegeEscalation === false, `${where}: may get privileges`)
      expect(container.securityContext?.readOnlyRootFilesystem === true, `${where}: can write to its image`)
      expect(container.securityContext?.capabilities?.drop?.includes('ALL'), `${where}: keeps capabilities`)
      expect(container.resources?.requests && container.resources?.limits?.memory, `${where}: no limits`)
      for (const mount of container.volumeMounts) {
        const volume = pod.volumes.find(each => each.name === mount.name) ?? workload.spec.volumeClaimTemplates?.find(each => each.metadata.name === mount.name)
        expect(volume, `${where}: there is no volume ${mount.name}`)
        expect(mount.readOnly || mount.mountPath === '/var/lib/tumbler/exports', `${where}: may write to ${mount.mountPath}`)
        if (volume?.configMap) expect(of('ConfigMap').some(map => map.metadata.name === volume.configMap.name), `${where}: there is no ${volume.configMap.name}`)
      }
      for (const variable of container.env ?? []) expect(!/password|secret|key/i.test(variable.name) || /_FILE$|Path$/.test(variable.name), `${where}: a secret in the environment`)
    }
    expect(Object.entries(workload.spec.selector?.matchLabels ?? {}).every(([name, value]) => metadata.labels[name] === value), `${where}: does not select its own pods`)
    expect(of('NetworkPolicy').some(policy => Object.keys(policy.spec.podSelector.matchLabels ?? {}).length > 0 && Object.entries(policy.spec.podSelector.matchLabels).every(([name, value]) => metadata.labels[name] === value)), `${where}: no network policy of its own`)
  }
  const [container] = silo.spec.template.spec.containers
  const ports = container.ports.map(port => port.name)
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const get = container[probe]?.httpGet
    expect(get?.path === (probe === 'readinessProbe' ? '/health/ready' : '/health/live') && get.scheme === 'HTTPS' && ports.includes(get.port), `${probe}: asks for something else`)
  }
  expect(silo.spec.replicas >= 3, 'fewer than three silos')
  expect(silo.spec.updateStrategy.type === 'RollingUpdate', 'no rolling update')
  const anti = silo.spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]
  expect(selects(anti.labelSelector.matchLabels) && anti.topologyKey === 'kubernetes.io/hostname', 'silos may share a machine')
  const [budget] = of('PodDisruptionBudget')
  expect(budget.spec.maxUnavailable === 1 && selects(budget.spec.selector.matchLabels), 'the budget is for others')
  for (const service of of('Service')) {
    expect(selects(service.spec.selector), `service ${service.metadata.name}: selects nobody`)
    for (const port of service.spec.ports) expect(ports.includes(port.targetPort), `service ${service.metadata.name}: no port ${port.targetPort}`)
  }
  expect(of('Service').some(service => service.metadata.name === silo.spec.serviceName && service.spec.clusterIP === 'None'), 'silos have no names')
  expect(of('NetworkPolicy').some(policy => Object.keys(policy.spec.podSelector).length === 0 && policy.spec.policyTypes.length === 2 && !policy.spec.ingress && !policy.spec.egress), 'what is not named is allowed')
  const resources = of('Kustomization')[0].resources
  const files = (await readdir(folder)).filter(name => name.endsWith('.yaml') && !['kustomization.yaml', 'migrate.yaml'].includes(name))
  expect(files.every(file => resources.includes(file)) && resources.every(file => files.includes(file)), 'the kustomization names other files')
  JSON.parse(of('ConfigMap')[0].data['appsettings.json'])
}

for (const what of process.argv.slice(2)) {
  faults.length = 0
  await ((await stat(what)).isDirectory() ? kubernetes(what) : compose(what))
  for (const fault of faults) console.log(`${what}: ${fault}`)
}
