using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Tumbler.Client.ApiKeys;

namespace Tumbler.Client.Authentication;

/// <summary>Judges the credential of a request. A token or a key, which somebody chose to send, comes before a certificate, which a connection has
/// anyway; a bad one is not made good by it.</summary>
internal sealed class TumblerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TumblerGuard guard)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string ApiKeyHeader = "X-API-Key";

    private Refusal? refusal;
    private bool byToken;

    private TumblerModes Mode => guard.Options.Mode;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!guard.Works || (guard.IsExempt(Context) && !TumblerGuard.Asks(Context)))
            return AuthenticateResult.NoResult();
        var token = "";
        var tokens = Mode.HasFlag(TumblerModes.Jwt) ? BearerText.Find(Request.Headers.Authorization, out token) : 0;
        var keys = Mode.HasFlag(TumblerModes.ApiKey) ? Request.Headers[ApiKeyHeader] : StringValues.Empty;
        return (tokens, keys.Count) switch
        {
            (0, 0) => BySubject(),
            (1, 0) => await ByToken(token),
            (0, 1) => await ByKey(keys[0] ?? ""),
            _ => Refuse(Refusal.TwoCredentials),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        var answer = refusal ?? Refusal.NoCredential;
        Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
            Response.Headers.RetryAfter = seconds.ToString();
        if (answer.Status == StatusCodes.Status401Unauthorized)
            Response.Headers.WWWAuthenticate = Challenges.Of(Mode, answer.Error);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (byToken && Context.Features.Get<MissingScope>() is { } missing)
            Response.Headers.WWWAuthenticate = Challenges.InsufficientScope(missing.Scopes);
        return Task.CompletedTask;
    }

    private AuthenticateResult Refuse(Refusal with)
    {
        refusal = with;
        return AuthenticateResult.Fail(with.Reason);
    }

    private AuthenticateResult Accept(ClaimsIdentity identity) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));

    private async Task<AuthenticateResult> ByToken(string token)
    {
        var certificate = Context.Connection.ClientCertificate;
        var result = await guard.Tokens!.VerifyAsync(token, certificate, Context.RequestAborted);
        if (!result.IsValid)
            return Refuse(result.IsUnavailable ? Refusal.Unavailable : Refusal.Token(result.Fault));
        byToken = true;
        return Accept(Identities.Of(result.Token, guard.Options.RoleClaim));
    }

    private async Task<AuthenticateResult> ByKey(string key)
    {
        var verdict = await guard.ApiKeys!.Check(key, Context.Connection.RemoteIpAddress?.ToString(), Context.RequestAborted);
        return verdict.Result switch
        {
            ApiKeyResult.Good => Accept(Identities.Of(verdict, guard.Options.RoleClaim)),
            ApiKeyResult.Refused => Refuse(Refusal.ApiKey),
            ApiKeyResult.Forbidden => Refuse(Refusal.ForbiddenKey),
            ApiKeyResult.RateLimited => Refuse(Refusal.RateLimited),
            _ => Refuse(Refusal.Unavailable),
        };
    }

    private AuthenticateResult BySubject()
    {
        var given = Mode.HasFlag(TumblerModes.Mtls) && guard.Proxies.Sent(Context) ? Request.Headers[guard.Options.SubjectHeader] : StringValues.Empty;
        if (given.Count == 0)
            return AuthenticateResult.NoResult();

        // Two of them: a gateway that adds its own to the caller's.
        return given is [{ } subject] && guard.Options.AllowedSubjects.Contains(subject)
            ? Accept(Identities.Of(subject, guard.Options.RoleClaim))
            : Refuse(Refusal.Subject);
    }
}
