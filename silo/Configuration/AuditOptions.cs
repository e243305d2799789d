using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;

namespace Tumbler.Silo.Configuration;

/// <param name="Key">Keys the audit entries' MACs: at least 32 bytes in base64. When it changes, earlier entries no longer
/// verify. Null: self-made, in development only.</param>
/// <param name="SigningCertificate">Signs checkpoints and exports. Null: self-made, in development only.</param>
/// <param name="FormerCertificates">Files with certificates that signed before; without them old checkpoints don't verify.</param>
/// <param name="Origin">Whose log checkpoints say it is; default: the issuer's host with <c>/audit</c>.</param>
/// <param name="TimestampUrl">Where exports can be time-stamped; null: nowhere.</param>
/// <param name="Node">Names this node's chain of security events; default the machine's name. Nodes that share one take
/// turns at its chain, which is correct but slower.</param>
public sealed record AuditOptions(
    SecretText? Key,
    ProtectionCertificate? SigningCertificate,
    IReadOnlyList<(string Setting, string Path)> FormerCertificates,
    string Origin,
    Uri? TimestampUrl,
    NodeId Node)
{
    internal const string KeySetting = "Audit:Key";
    internal const string CertificateSetting = "Audit:SigningCertificate:Path";
    internal const string NodeSetting = "Audit:NodeName";
    private const string PasswordSetting = "Audit:SigningCertificate:PasswordFile";
    private const string FormerSection = "Audit:FormerCertificates";
    private const string OriginSetting = "Audit:Origin";
    private const string TimestampSetting = "Audit:TimestampUrl";
    private const int MaxOrigin = 200;

    /// <summary>For a command that signs in the name that the log has already.</summary>
    internal static AuditOptions Read(SettingsReader settings) => Read(settings, new TokenOptions("", TimeSpan.Zero, TimeSpan.Zero));

    internal static AuditOptions Read(SettingsReader settings, TokenOptions tokens) => new(
        settings.Secret(KeySetting, SecretRules.Base64Key),
        ReadCertificate(settings),
        [.. settings.NamesBelow(FormerSection).Select(n => $"{FormerSection}:{n}:Path").Select(name => (name, PathOfFile(settings, name))).Where(each => each.Item2 is not null)!],
        ReadOrigin(settings, tokens),
        ReadTimestampUrl(settings),
        ReadNode(settings));

    private static ProtectionCertificate? ReadCertificate(SettingsReader settings)
    {
        var (path, password) = (settings.FullPath(CertificateSetting), settings.FileSecret(PasswordSetting));
        if (path is null && (password is not null || !settings.Development))
            settings.Error(CertificateSetting, settings.Development ? "is required with its PasswordFile" : "is required in production; it signs checkpoints and exports of the audit log");
        else if (path is not null && !File.Exists(path))
            settings.Error(CertificateSetting, $"the file {path} does not exist");
        else if (path is not null)
            settings.CheckAccess(CertificateSetting, path);
        return path is null ? null : new ProtectionCertificate(CertificateSetting, path, password);
    }

    private static string? PathOfFile(SettingsReader settings, string name)
    {
        var path = settings.FullPath(name);
        if (path is null)
            settings.Error(name, "is required");
        else if (!File.Exists(path))
            settings.Error(name, $"the file {path} does not exist");
        else
            return path;
        return null;
    }

    private static string ReadOrigin(SettingsReader settings, TokenOptions tokens)
    {
        if (settings.Text(OriginSetting) is not { } origin)
            return Uri.TryCreate(tokens.Issuer, UriKind.Absolute, out var issuer) ? $"{issuer.Authority}/audit" : "";

        // C2SP signed-note: the name of a key has neither spaces nor plus; the rest keeps it readable.
        if (origin.Length > MaxOrigin || origin.Any(c => c is <= ' ' or >= '\x7f' or '+'))
            settings.Error(OriginSetting, $"must be at most {MaxOrigin} printable ASCII characters without space and plus, such as tokens.example/audit");
        else if (origin.EndsWith(NoteSeries.AnchorsSuffix, StringComparison.Ordinal))
            settings.Error(OriginSetting, $"must not end with {NoteSeries.AnchorsSuffix}; what is signed over a pruned log's beginnings does");
        return origin;
    }

    private static NodeId ReadNode(SettingsReader settings)
    {
        var node = NodeNames.Of(Environment.MachineName);
        if (settings.Text(NodeSetting) is { } name && !NodeId.TryParse(name, out node))
            settings.Error(NodeSetting, "must be 1 to 63 characters of a-z, 0-9, ., _ and -, the first a letter or digit");
        return node;
    }

    private static Uri? ReadTimestampUrl(SettingsReader settings)
    {
        if (settings.Text(TimestampSetting) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.UserInfo.Length == 0 && url.Fragment.Length == 0)
            return url;
        settings.Error(TimestampSetting, "must be an absolute http or https URL without user and fragment");
        return null;
    }
}
