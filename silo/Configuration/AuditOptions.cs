using Tumbler.Contracts.Audit;

namespace Tumbler.Silo.Configuration;

/// <param name="Key">Keys the audit entries' MACs: at least 32 bytes in base64. When it changes, earlier entries no longer
/// verify. Null: self-made, in development only.</param>
/// <param name="Node">Names this node's chain of security events; default the machine's name. Nodes that share one take
/// turns at its chain, which is correct but slower.</param>
public sealed record AuditOptions(SecretText? Key, NodeId Node)
{
    internal const string KeySetting = "Audit:Key";
    internal const string NodeSetting = "Audit:NodeName";

    internal static AuditOptions Read(SettingsReader settings)
    {
        var key = settings.Secret(KeySetting, SecretRules.Base64Key);
        var node = NodeNames.Of(Environment.MachineName);
        if (settings.Text(NodeSetting) is { } name && !NodeId.TryParse(name, out node))
            settings.Error(NodeSetting, "must be 1 to 63 characters of a-z, 0-9, ., _ and -, the first a letter or digit");
        return new AuditOptions(key, node);
    }
}
