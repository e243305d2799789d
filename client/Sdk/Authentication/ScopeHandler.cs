using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Authentication;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (requirement.Scopes.All(scope => context.User.HasClaim(claim => claim.Type == "scope" && claim.Value == scope)))
            context.Succeed(requirement);
        else if (context.Resource is HttpContext http)
            http.Features.Set(new MissingScope(http.Features.Get<MissingScope>() is { } others ? $"{others.Scopes} {requirement.Text}" : requirement.Text));
        return Task.CompletedTask;
    }
}
