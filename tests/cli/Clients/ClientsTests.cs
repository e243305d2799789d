using System.Security.Cryptography;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Clients;

public sealed class ClientsTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task A_client_is_registered_shown_listed_replaced_and_deleted()
    {
        await Given("orgs create cli_clients --name C --email c@clients.example");
        Folder.Write("billing.json", Registration("billing"));

        var made = await Admin.Run("clients create cli_clients --file billing.json");
        made.Is(0, Facts("billing"));
        var id = made.Output.Split('\n')[0].Split(' ')[^1];
        (await Admin.Run($"clients show {id}")).Is(0, Facts("billing"));
        (await Admin.Run("clients list cli_clients")).Is(0, $"""
            {"CLIENT ID".PadRight(id.Length)}  NAME     METHOD           SCOPES  EXPIRES AT
            cli_clients_client_<id>  billing  private_key_jwt  a:read  -
            """);
        (await (Admin with { Input = Registration("invoices") }).Run($"clients replace {id} --file -")).Is(0, Facts("invoices"));

        var deleted = await Admin.Typing($"{id}\n").Run($"clients delete {id}");

        deleted.Is(
            0, Facts("invoices"),
            "Client cli_clients_client_<id> will be deleted, and the tokens that were issued to it revoked. That can't be undone. Type cli_clients_client_<id> to go on: ",
            errorsEndLine: false);
        (await Admin.Run($"clients show {id}")).Is(2, "", "tumbler: There is no client 'cli_clients_client_<id>'.");
        (await Admin.Run($"clients delete {id} --yes")).Is(2, "", "tumbler: There is no client 'cli_clients_client_<id>'.");
    }

    [Fact]
    public async Task As_json_it_is_the_servers_answer()
    {
        await Given("orgs create json_clients --name C --email c@clients.example");
        Folder.Write("billing.json", Registration("billing"));

        var id = await Given("clients create json_clients --file billing.json", "client_id");

        Assert.Equal(id, (await Admin.Run($"clients show {id} --json")).Document().GetProperty("client_id").GetString());
        Assert.Equal(id, (await Admin.Run("clients list json_clients --json")).Document().GetProperty("items")[0].GetProperty("client_id").GetString());
        Assert.Equal(id, (await Admin.Run($"clients delete {id} --yes --json")).Document().GetProperty("client_id").GetString());
    }

    [Fact]
    public async Task What_is_no_registration_is_refused()
    {
        await Given("orgs create bad_clients --name C --email c@clients.example");
        Folder.Write("bad.json", "{\"client_name\": \"x\", \"colour\": \"red\"}");

        var refused = await Admin.Run("clients create bad_clients --file bad.json");

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains("colour", refused.Errors, StringComparison.Ordinal);
        (await Admin.Run("clients create bad_clients --file missing.json")).Is(
            66, "", $"tumbler: missing.json with the registration can't be read: Could not find file '{Folder.File("missing.json")}'.");
        (await Admin.Run("clients show billing")).Is(64, "", """
            tumbler: 'billing' is not a client's id: {org}_client_ and 20 characters.
            Try: tumbler clients show --help
            """);
    }

    private static string Facts(string name) => $"""
        client id     cli_clients_client_<id>
        name          {name}
        method        private_key_jwt
        keys          1 registered
        algorithm     -
        certificate   -
        bound tokens  no
        scopes        a:read
        audiences     -
        created at    <time>
        updated at    <time>
        expires at    -
        """;

    private static string Registration(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$$"""
            {"client_name": "{{{name}}}", "token_endpoint_auth_method": "private_key_jwt", "scopes": ["a:read"],
             "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "x": "{{{Text(point.X!)}}}", "y": "{{{Text(point.Y!)}}}"}]}}
            """;
    }

    private static string Text(byte[] number) => System.Buffers.Text.Base64Url.EncodeToString(number);
}
