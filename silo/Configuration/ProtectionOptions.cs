using System.Globalization;

namespace Tumbler.Silo.Configuration;

/// <param name="Certificates">The certificates that private keys are encrypted for, <c>Protection:Certificates:{n}</c>;
/// the first is current, the others still decrypt. Without the right one no stored key can sign. Empty: self-made, in
/// development only.</param>
/// <param name="Recipients">Certificates that private keys are encrypted for as well and that open nothing here,
/// <c>Protection:Recipients:{n}</c>: an escrow's, say.</param>
public sealed record ProtectionOptions(
    IReadOnlyList<ProtectionCertificate> Certificates, IReadOnlyList<ProtectionCertificate> Recipients)
{
    internal const string Section = "Protection:Certificates";
    internal const string Prefix = "Protection:";
    private const string RecipientsSection = "Protection:Recipients";

    internal static ProtectionOptions Read(SettingsReader settings)
    {
        var positions = settings.NamesBelow(Section);
        if (positions.Count == 0 && !settings.Development)
            settings.Error(Section, $"is required in production; give at least {Section}:0:Path");
        return new ProtectionOptions(
            Read(settings, Section, positions, withPasswords: true),
            Read(settings, RecipientsSection, settings.NamesBelow(RecipientsSection), withPasswords: false));
    }

    private static List<ProtectionCertificate> Read(
        SettingsReader settings, string section, IReadOnlyList<string> positions, bool withPasswords)
    {
        var certificates = new List<ProtectionCertificate>();
        foreach (var position in positions)
        {
            var name = $"{section}:{position}:Path";
            var path = settings.FullPath(name);
            var password = withPasswords ? settings.FileSecret($"{section}:{position}:PasswordFile") : null;
            if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                settings.Error($"{section}:{position}", "is no number; certificates are numbered from 0");
            else if (path is null)
                settings.Error(name, "is required");
            else if (!File.Exists(path))
                settings.Error(name, $"the file {path} does not exist");
            else
            {
                if (withPasswords)
                    settings.CheckAccess(name, path);
                certificates.Add(new ProtectionCertificate(name, path, password));
            }
        }

        return certificates;
    }
}
