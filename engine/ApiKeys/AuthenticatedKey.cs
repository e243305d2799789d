using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Engine.ApiKeys;

/// <summary>An accepted API key and whose it is.</summary>
public readonly record struct AuthenticatedKey(OrgSlug Org, ApiKey Key);
