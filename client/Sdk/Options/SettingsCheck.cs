using System.Buffers;
using System.Net;

namespace Tumbler.Client.Options;

/// <summary>What is wrong with options, all of it. Nothing is corrected silently.</summary>
internal sealed class SettingsCheck(TumblerOptions options, string path, List<string> errors)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // RFC 9110 §5.6.2.
    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public void Run()
    {
        Check(nameof(options.Mode), options.Mode is not TumblerModes.None && (options.Mode & ~(TumblerModes.Jwt | TumblerModes.ApiKey | TumblerModes.Mtls)) == 0,
            "must be jwt, api_key or mtls, or several of them.");
        if (options.Mode.HasFlag(TumblerModes.Jwt))
            CheckTokens();
        if (options.Mode.HasFlag(TumblerModes.ApiKey))
            CheckApiKeys();
        if (options.Mode.HasFlag(TumblerModes.Mtls))
            CheckSubjects();
        CheckTimes();
        foreach (var exempt in options.ExemptPaths.Where(exempt => !ExemptPaths.IsRule(exempt)))
            Wrong(nameof(options.ExemptPaths), $"\"{exempt}\" must be a path such as /health or /public/, of letters, digits and -_~.@: without // and without a segment that begins with a dot.");
    }

    private void CheckTokens()
    {
        if (string.IsNullOrEmpty(options.Issuer))
            Wrong(nameof(options.Issuer), "is required: the URL in the tokens' iss.");
        else
            CheckUrl(nameof(options.Issuer), options.Issuer, issuer: true);
        Check(nameof(options.Audience), options.Audience.Count > 0, "is required: what the tokens for this service name in aud.");
        Check(nameof(options.Audience), !options.Audience.Contains(""), "must not have an empty entry.");
        CheckUrl(nameof(options.JwksUrl), options.JwksUrl);
        CheckUrl(nameof(options.RevocationsUrl), options.RevocationsUrl);
        Check(nameof(options.RevocationsUrl), options.RevocationsUrl is null || options.KillList is not false, "is given although KillList is false.");
        Check(nameof(options.Algorithms), options.Algorithms.Count > 0, "must have one entry at least.");
        foreach (var algorithm in options.Algorithms.Where(algorithm => Tokens.JwsAlgorithm.Find(algorithm) is null))
            Wrong(nameof(options.Algorithms), $"\"{algorithm}\" is none of {string.Join(", ", Tokens.JwsAlgorithm.All.Select(known => known.Name))}.");
        Check(nameof(options.TokenTypes), options.TokenTypes.Count > 0 && !options.TokenTypes.Any(string.IsNullOrEmpty), "must be at+jwt, JWT or another typ, and not empty.");
        Check(nameof(options.RoleClaim), !string.IsNullOrEmpty(options.RoleClaim), "must be the name of a claim.");
        if (options.PemFile is { } file)
            CheckPem(file);
    }

    private void CheckPem(string file)
    {
        try
        {
            Check(nameof(options.PemFile), Keys.PemKeys.Read(file).Count > 0, $"\"{file}\" has no public key or certificate that any of the algorithms uses.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            Wrong(nameof(options.PemFile), $"\"{file}\" can't be read: {e.Message}");
        }
    }

    private void CheckApiKeys()
    {
        CheckUrl(nameof(options.ApiKeyVerifyUrl), options.ApiKeyVerifyUrl);
        if (options.ApiKeyVerifyUrl is null && options.Mode.HasFlag(TumblerModes.Jwt))
            return;
        if (options.ApiKeyVerifyUrl is null && string.IsNullOrEmpty(options.Issuer))
            Wrong(nameof(options.ApiKeyVerifyUrl), "is required with the mode api_key where there is no Issuer.");
        else if (options.ApiKeyVerifyUrl is null)
            CheckUrl(nameof(options.Issuer), options.Issuer, issuer: true);
    }

    private void CheckSubjects()
    {
        Check(nameof(options.TrustedProxies), options.TrustedProxies.Count > 0, "is required with the mode mtls: from anybody else the header proves nothing.");
        foreach (var proxy in options.TrustedProxies.Where(proxy => !Authentication.TrustedProxies.IsRule(proxy)))
            Wrong(nameof(options.TrustedProxies), $"\"{proxy}\" must be an IP address, a CIDR block that is not everybody, or unix.");
        Check(nameof(options.AllowedSubjects), options.AllowedSubjects.Count > 0, "is required with the mode mtls: nobody else is let in.");
        foreach (var subject in options.AllowedSubjects.Where(subject => string.IsNullOrWhiteSpace(subject) || subject[0] == '/' || !subject.Contains('=', StringComparison.Ordinal)))
            Wrong(nameof(options.AllowedSubjects), $"\"{subject}\" must be a distinguished name as RFC 4514 writes it, such as CN=billing,O=Acme,C=DE.");
        Check(nameof(options.SubjectHeader), options.SubjectHeader is { Length: > 0 } && !options.SubjectHeader.AsSpan().ContainsAnyExcept(HeaderName), "must be the name of a header.");
    }

    private void CheckTimes()
    {
        CheckRange(nameof(options.Skew), options.Skew, TimeSpan.Zero, Minute);
        CheckRange(nameof(options.KeysRefresh), options.KeysRefresh, 10 * Second, Day);
        CheckRange(nameof(options.KeysStaleLimit), options.KeysStaleLimit, options.KeysRefresh, 7 * Day);
        CheckRange(nameof(options.UnknownKidCooldown), options.UnknownKidCooldown, Second, 10 * Minute);
        CheckRange(nameof(options.RevocationsRefresh), options.RevocationsRefresh, 0.5 * Second, Minute);
        CheckRange(nameof(options.RevocationsStaleLimit), options.RevocationsStaleLimit, 5 * Minute, 7 * Day);
        CheckRange(nameof(options.ApiKeyCache), options.ApiKeyCache, TimeSpan.Zero, 2 * Second);
    }

    private void CheckRange(string name, TimeSpan value, TimeSpan least, TimeSpan most) =>
        Check(name, value >= least && value <= most, $"must be {ShortDuration.Format(least)} to {ShortDuration.Format(most)}.");

    private void CheckUrl(string name, string? text, bool issuer = false)
    {
        if (text is null)
            return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            Wrong(name, "must be an absolute https URL.");
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            Wrong(name, "must have no user and no fragment.");
        else if (issuer && url.Query.Length > 0)
            Wrong(name, "must have no query (RFC 8414 §2).");
        else if (!Net.SafeUrl.Admits(url, options.AllowHttp))
            Wrong(name, "must be https; plain http is for this machine itself, or with AllowHttp.");
    }

    private void Check(string name, bool good, string rule)
    {
        if (!good)
            Wrong(name, rule);
    }

    private void Wrong(string name, string rule) => errors.Add($"{path}:{name}: {rule}");
}
