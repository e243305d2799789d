using System.Globalization;
using Tumbler.Bench.Load;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Bench.Growth;

/// <summary>API keys, one of which is taken for each request, each as likely as any other. In a file of records of one length, because
/// wrk's script has to find the n-th of a million.</summary>
internal sealed class PickedKeys : IDisposable
{
    private readonly IReadOnlyList<(ApiKeyId Id, ApiKeyText Text)> keys;
    private readonly string file = Path.GetTempFileName();
    private readonly int idLength, length;

    public PickedKeys(IReadOnlyList<(ApiKeyId Id, ApiKeyText Text)> keys)
    {
        this.keys = keys;
        (idLength, length) = (Id(0).Length, Id(0).Length + Secret(0).Length);
        using var records = new StreamWriter(file);
        for (var n = 0; n < keys.Count; n++)
        {
            if (Secret(n).Length != length - idLength)
                throw new InvalidOperationException("Not all keys are of one length.");
            records.Write(Id(n) + Secret(n));
        }
    }

    public string Id(int n) => keys[n].Id.ToString();

    public string Secret(int n) => keys[n].Text.Reveal();

    public Wrk Tokens(ILoaded server) => Picked(
        server, "/oauth2/token", "application/x-www-form-urlencoded", "\"grant_type=client_credentials&client_id=\" .. id .. \"&client_secret=\" .. key");

    public Wrk Verifications(ILoaded server) =>
        Picked(server, "/api/v1/api-keys/verify", "application/json", "'{\"key\":\"' .. key .. '\"}'");

    /// <summary>The first of them, in a file of their own.</summary>
    public PickedKeys Take(int count) => new([.. keys.Take(count)]);

    public void Dispose() => File.Delete(file);

    private Wrk Picked(ILoaded server, string path, string type, string body) => Wrk.Scripted(server, string.Create(CultureInfo.InvariantCulture, $$"""
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "{{type}}"
        local keys
        init = function()
          local file = io.open("{{file}}", "rb")
          keys = file:read("*a")
          file:close()
        end
        request = function()
          local at = math.random(0, {{keys.Count - 1}}) * {{length}}
          local id, key = keys:sub(at + 1, at + {{idLength}}), keys:sub(at + {{idLength + 1}}, at + {{length}})
          return wrk.format(nil, "{{path}}", nil, {{body}})
        end

        """));
}
