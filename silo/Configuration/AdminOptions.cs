namespace Tumbler.Silo.Configuration;

/// <param name="Key">What administrators send as <c>X-Admin-Key</c>: at least 32 characters of <c>[A-Za-z0-9_-]</c>.
/// Null: self-made, in development only.</param>
public sealed record AdminOptions(SecretText? Key)
{
    internal const string KeySetting = "Admin:Key";

    internal static AdminOptions Read(SettingsReader settings) =>
        new(settings.Secret(KeySetting, SecretRules.AdminKey));
}
