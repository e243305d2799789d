namespace Tumbler.Cli.Tests.Commands;

/// <summary>One line for each verb that would be carried out, were there a server.</summary>
internal static class Samples
{
    private const string Id = "0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e";
    private const string Client = "acme_client_4vT0p9QeLw2ZsXc8RkBn";

    /// <summary>Those that ask the server, with an administrator's credential.</summary>
    public static readonly string[] OfServer =
    [
        "rings list", "rings show default", "rings put other", "rings rotate default", "rings revoke default --yes",
        "keys list", "keys rotate", $"keys taint {Id} --yes", $"keys revoke {Id} --yes", $"keys export {Id}", "keys import key.pem",
        "orgs list", "orgs show acme", "orgs create acme --name Acme --email ops@acme.example", "orgs update acme --name Acme", "orgs suspend acme",
        "orgs resume acme", "orgs delete acme --yes",
        "api-keys list acme", "api-keys create acme --name billing", $"api-keys update acme {Id} --name billing", "api-keys rotate acme --yes",
        $"api-keys revoke acme {Id} --yes", "api-keys verify --file key.pem",
        "clients list acme", $"clients show {Client}", "clients create acme --file key.pem", $"clients replace {Client} --file key.pem",
        $"clients delete {Client} --yes",
        "audit query", "audit watch --count 1", "audit export --to exported", "audit verify", "protection show", "protection rewrap", "config", "cluster",
    ];

    /// <summary>Those that ask before they do what can't be undone, with what has to be typed.</summary>
    public static readonly (string Words, string Name)[] Asking =
    [
        ("rings revoke default", "default"), ($"keys taint {Id}", Id[..8]), ($"keys revoke {Id}", Id[..8]), ("orgs delete acme", "acme"),
        ("api-keys rotate acme", "acme"), ($"api-keys revoke acme {Id}", Id[..8]), ($"clients delete {Client}", Client),
    ];

    /// <summary>Those that have their own tests for all of it.</summary>
    public static readonly string[] Others = ["login", "logout", "completion bash", "completion zsh", "completion fish", "audit prune", "migrate", "retention", "secrets generate password", "doctor", "demo"];
}
