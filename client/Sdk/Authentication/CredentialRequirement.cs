using Microsoft.AspNetCore.Authorization;

namespace Tumbler.Client.Authentication;

/// <summary>Anybody with a good credential, and on exempt paths anybody. For all that asks for nothing by itself.</summary>
internal sealed class CredentialRequirement : IAuthorizationRequirement;
