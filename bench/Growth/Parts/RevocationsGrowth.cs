using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth.Parts;

/// <summary>Introspection, verdicts about API keys and the kill list, while so many tokens are revoked.</summary>
internal static class RevocationsGrowth
{
    private const string Name = "revocations", OtherRing = "other";
    private const string Form = "application/x-www-form-urlencoded";

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        await using var fleet = await Fleet.Start(Name, options.Sizes(0, 100_000));
        var (loads, scripts) = (new List<SizedLoad>(), new List<Wrk>());
        try
        {
            foreach (var each in fleet.Silos)
            {
                using var made = await each.Http.PutAsJsonAsync(new Uri($"/api/v1/admin/rings/{OtherRing}", UriKind.Relative), new { algorithm = "ES256" });
                made.EnsureSuccessStatusCode();
                var (good, revoked) = (await Token(each), await Token(each));
                (await Post(each, "/oauth2/revoke", $"token={revoked}")).Dispose();
                fleet.Sql(each.Database, Rows(each.Size));
                var last = await UntilKnown(each, each.Size + 1);
                Console.WriteLine($"{Name}: {each.Size} more are revoked, the last has number {last}");

                Add("introspect", new Wrk(each.Silo, "/oauth2/introspect", $"token={good}&{Client(each)}", Form));
                Add("introspect, a revoked token", new Wrk(each.Silo, "/oauth2/introspect", $"token={revoked}&{Client(each)}", Form));
                Add("verify", Wrk.Verifications(each.Silo, "/api/v1/api-keys/verify", each.Silo));
                Add("kill list, unchanged", Poll(each, List("default", null)));
                Add("kill list, news", new Wrk(each.Silo, List("default", last)));
                Add("kill list, news of another ring", new Wrk(each.Silo, List(OtherRing, last)));
                Add("kill list, whole", new Wrk(each.Silo, List("default", null)), "it names everything that is revoked; a follower asks for it once");

                void Add(string line, Wrk load, string? unbounded = null)
                {
                    scripts.Add(load);
                    loads.Add(new(line, each.Size, seconds => load.Run(seconds), unbounded));
                }
            }

            return new GrowthPart(
                Name, "revocations", GrowthPart.ProcessorTime, "One token more is revoked at every size: the one that is asked about. All are of the default ring.",
                circumstances, Turns.Measure(Name, options, loads), await fleet.Memory());
        }
        finally
        {
            scripts.ForEach(script => script.Dispose());
        }
    }

    private static string List(string ring, long? since) => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/revocations/{ring}{(since is null ? "" : $"?since={since}")}");

    /// <summary>As a follower polls: it names the list that it has.</summary>
    private static Wrk Poll(SizedSilo each, string path) => Wrk.Scripted(each.Silo, $$"""
        local known = {}
        request = function()
          return wrk.format(nil, "{{path}}", known)
        end
        response = function(status, headers)
          known = { ["If-None-Match"] = headers["ETag"] }
        end

        """);

    /// <summary>As the product would have written them.</summary>
    private static string Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO revocations (number, body)
        SELECT last + n, jsonb_build_object('kind', 'Token', 'id', gen_random_uuid()::text, 'ring', 'default', 'lifted', false,
            'until', (extract(epoch FROM now()) * 1000)::bigint + 7200000)
        FROM revocation_count, generate_series(1, {count}) n;
        UPDATE revocation_count SET last = last + {count}
        """);

    private static async Task<string> Token(SizedSilo each)
    {
        using var answer = await Post(each, "/oauth2/token", "grant_type=client_credentials");
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
    }

    private static async Task<HttpResponseMessage> Post(SizedSilo each, string path, string form)
    {
        using var http = new HttpClient { BaseAddress = each.Silo.Url };
        using var body = new StringContent($"{form}&{Client(each)}", null, Form);
        var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        return answer.EnsureSuccessStatusCode();
    }

    private static string Client(SizedSilo each) => $"client_id={each.Silo.KeyId}&client_secret={each.Silo.Key}";

    /// <returns>The number of the last.</returns>
    private static async Task<long> UntilKnown(SizedSilo each, long number)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var list = await each.Http.GetStringAsync(new Uri(List("default", null), UriKind.Relative));
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(list.Split('.')[1]))!;
            if ((long)claims["number"]! >= number)
                return (long)claims["number"]!;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new InvalidOperationException("The silo has not heard of the revocations.");
    }
}
