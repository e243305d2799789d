namespace Tumbler.Silo.Configuration;

/// <param name="HashKey">Keys the hashes that API keys are stored as: at least 32 bytes in base64. When it changes, no
/// stored API key is recognised any more. Null: self-made, in development only.</param>
public sealed record ApiKeyOptions(SecretText? HashKey)
{
    internal const string HashKeySetting = "ApiKeys:HashKey";

    internal static ApiKeyOptions Read(SettingsReader settings) =>
        new(settings.Secret(HashKeySetting, SecretRules.Base64Key));
}
