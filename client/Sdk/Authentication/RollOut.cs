using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Authentication;

/// <summary>Lets through what would have been refused, and tells of it, while <see cref="TumblerOptions.Enforce"/> is off. What another scheme of the
/// service guards it leaves to that.</summary>
internal sealed partial class RollOut(
    TumblerGuard guard, IAuthenticationSchemeProvider schemes, IAuthorizationMiddlewareResultHandler enforced, ILogger<RollOut> log)
    : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (guard.Options.Enforce || authorizeResult.Succeeded || !await IsOurs(policy))
        {
            await enforced.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var result = await context.AuthenticateAsync(TumblerDefaults.AuthenticationScheme);
        var status = authorizeResult.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        var reason = authorizeResult.Forbidden
            ? context.Features.Get<MissingScope>() is { } missing ? $"It lacks the scope {missing.Scopes}." : "It lacks a right."
            : result.Failure?.Message ?? Refusal.NoCredential.Reason;
        guard.Metrics.NotEnforced(status);
        LetThrough(log, status, reason);
        await next(context);
    }

    private async Task<bool> IsOurs(AuthorizationPolicy policy) => policy.AuthenticationSchemes.Count > 0
        ? policy.AuthenticationSchemes.All(scheme => scheme == TumblerDefaults.AuthenticationScheme)
        : (await schemes.GetDefaultAuthenticateSchemeAsync())?.Name == TumblerDefaults.AuthenticationScheme;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not enforced. The answer would have been {Status}: {Reason}")]
    private static partial void LetThrough(ILogger log, int status, string reason);
}
