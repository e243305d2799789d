namespace Tumbler.Client.Tokens;

/// <summary>What a token must say so that this service takes it.</summary>
internal sealed class Expectations(TumblerOptions options)
{
    private const string AccessToken = "at+jwt";
    private const string AnyToken = "JWT";
    private const string Prefix = "application/";

    private readonly string[] types = [.. options.TokenTypes.Select(Short)];
    private readonly JwsAlgorithm[] algorithms = [.. JwsAlgorithm.All.Where(algorithm => options.Algorithms.Contains(algorithm.Name))];

    public string Issuer { get; } = options.Issuer ?? "";

    public string[] Audiences { get; } = [.. options.Audience];

    public TimeSpan Skew { get; } = options.Skew;

    public string RoleClaim { get; } = options.RoleClaim;

    public bool Admits(JwsAlgorithm algorithm) => Array.IndexOf(algorithms, algorithm) >= 0;

    /// <summary>A <c>typ</c> may leave out <c>application/</c> (RFC 7515 §4.1.9); one that is missing says no more than JWT (RFC 7519 §5.1).</summary>
    public bool AdmitsType(string? type)
    {
        var given = type is null ? AnyToken : Short(type);
        foreach (var admitted in types)
        {
            if (admitted.Equals(given, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether it says of itself that it follows RFC 9068, and so must have what that demands.</summary>
    public static bool IsAccessToken(string? type) => type is not null && AccessToken.Equals(Short(type), StringComparison.OrdinalIgnoreCase);

    private static string Short(string type) =>
        type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && type.LastIndexOf('/') == Prefix.Length - 1 ? type[Prefix.Length..] : type;
}
