using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Authentication;

internal sealed class CredentialHandler(TumblerGuard guard) : AuthorizationHandler<CredentialRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CredentialRequirement requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true } || (context.Resource is HttpContext http && guard.IsExempt(http)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
