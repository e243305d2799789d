namespace Tumbler.Silo.Configuration;

/// <param name="Role">As Vault knows it.</param>
/// <param name="Mount">Where Vault has its Kubernetes login; default <c>kubernetes</c>.</param>
/// <param name="TokenPath">The service account's token, where Kubernetes puts it into the pod and replaces it from time to time.</param>
public sealed record KubernetesLogin(string Role, string Mount, string TokenPath);
