using System.Buffers;
using System.Text.RegularExpressions;

namespace Tumbler.Stories.Tests.Secrets;

/// <summary>Looks for what must not be in a log: secrets that are known, and what has the form of one.</summary>
internal sealed partial class LogScan(IReadOnlyCollection<string> secrets)
{
    private readonly SearchValues<string> known = SearchValues.Create([.. secrets], StringComparison.Ordinal);

    /// <summary>What is wrong with a log, by file and line and without the secret: this is printed.</summary>
    public IEnumerable<string> Faults(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (Fault(line) is { } fault)
                yield return $"{Path.GetFileName(file)}, line {number}: {fault}";
        }
    }

    public string? Fault(string line)
    {
        if (line.AsSpan().ContainsAny(known))
            return "a secret of this run";
        if (Pem().IsMatch(line))
            return "a private key in PEM";
        if (Pkcs8().IsMatch(line))
            return "what looks like a key in DER";
        if (PrivateJwk().IsMatch(line))
            return "a private JWK";
        if (ApiKey().IsMatch(line))
            return "what looks like an API key";
        return Jwt().IsMatch(line) ? "what looks like a JWT" : null;
    }

    [GeneratedRegex("PRIVATE KEY-----")]
    private static partial Regex Pem();

    /// <summary>A DER SEQUENCE of some length in base64 (PKCS#8, PKCS#12, CMS).</summary>
    [GeneratedRegex("MI[GHI][A-Za-z0-9+/]{40}")]
    private static partial Regex Pkcs8();

    [GeneratedRegex("""\\?"(d|p|q|dp|dq|qi)\\?"\s*:\s*\\?"[A-Za-z0-9_-]{20}""")]
    private static partial Regex PrivateJwk();

    [GeneratedRegex("[A-Za-z0-9_]{3,50}_api_[A-Za-z0-9]{38}")]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")]
    private static partial Regex Jwt();
}
