namespace Tumbler.Silo.Configuration;

/// <param name="Certificates">The certificates that private keys are encrypted for, <c>Protection:Certificates:{n}</c>;
/// the first is current, the others still decrypt. Without the right one no stored key can sign. Empty: self-made, in
/// development only.</param>
public sealed record ProtectionOptions(IReadOnlyList<ProtectionCertificate> Certificates)
{
    internal const string Section = "Protection:Certificates";

    internal static ProtectionOptions Read(SettingsReader settings)
    {
        var certificates = new List<ProtectionCertificate>();
        var positions = settings.NamesBelow(Section);
        foreach (var position in positions)
        {
            var name = $"{Section}:{position}:Path";
            var path = settings.FullPath(name);
            var password = settings.FileSecret($"{Section}:{position}:PasswordFile");
            if (path is null)
                settings.Error(name, "is required");
            else if (!File.Exists(path))
                settings.Error(name, $"the file {path} does not exist");
            else
                certificates.Add(new ProtectionCertificate(name, path, password));
        }

        if (positions.Count == 0 && !settings.Development)
            settings.Error(Section, $"is required in production; give at least {Section}:0:Path");
        return new ProtectionOptions(certificates);
    }
}
