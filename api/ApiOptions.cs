using Tumbler.Api.Credentials;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey);
