using System.Text.Json.Nodes;
using Tumbler.Client.Tests.Issuers;

namespace Tumbler.Client.Tests.Revocations;

/// <summary>Kill lists, whole and in parts.</summary>
internal static class TestLists
{
    public const string Type = "revocations+jwt";

    public static JsonObject Whole(string issuer, DateTimeOffset now, long number, params (string Kind, string Id)[] revoked) => new()
    {
        ["iss"] = issuer,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 300,
        ["number"] = number,
        ["revoked"] = Table(now, revoked),
    };

    public static JsonObject Delta(string issuer, DateTimeOffset now, long since, long number, (string Kind, string Id)[] revoked, params (string Kind, string Id)[] lifted)
    {
        var list = Whole(issuer, now, number, revoked);
        (list["since"], list["lifted"]) = (since, Table(now, lifted));
        return list;
    }

    public static void SayList(this TestIssuer issuer, JsonObject claims, TestKey? signer = null) =>
        issuer.Say(TestIssuer.Revocations, (signer ?? issuer.Signer).Sign(claims, Type), "application/jwt");

    private static JsonObject Table(DateTimeOffset now, (string Kind, string Id)[] entries)
    {
        var table = new JsonObject { ["kid"] = new JsonObject(), ["jti"] = new JsonObject(), ["client_id"] = new JsonObject(), ["org"] = new JsonObject() };
        foreach (var (kind, id) in entries)
            table[kind]!.AsObject()[id] = now.ToUnixTimeSeconds() + 86_700;
        return table;
    }
}
