namespace Tumbler.Silo.Configuration;

/// <param name="Key">Keys the audit entries' MACs: at least 32 bytes in base64. When it changes, earlier entries no longer
/// verify. Null: self-made, in development only.</param>
public sealed record AuditOptions(SecretText? Key)
{
    internal const string KeySetting = "Audit:Key";

    internal static AuditOptions Read(SettingsReader settings) =>
        new(settings.Secret(KeySetting, SecretRules.Base64Key));
}
