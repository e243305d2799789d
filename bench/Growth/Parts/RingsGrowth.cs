using System.Globalization;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth.Parts;

/// <summary>Tokens and key sets over all rings, each as likely as any other.</summary>
internal static class RingsGrowth
{
    private const string Name = "rings";

    /// <summary>Used before the others, so that the first of those meets a process that has learned how it is done.</summary>
    private const int First = 200;

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        await using var fleet = await Fleet.Start(Name, options.Sizes(1, 1_000, 20_000));
        var (firstUses, loads, scripts) = (new List<GrowthPoint>(), new List<SizedLoad>(), new List<Wrk>());
        var first = options.Scaled(First);
        try
        {
            foreach (var each in fleet.Silos)
            {
                await each.Bulk.Rings(each.Size + first);
                await each.Once(first, (http, n) => http.GetAsync(Jwks(each.Size + n)));
                var use = await each.Once(each.Size, (http, n) => http.GetAsync(Jwks(n)));
                Console.WriteLine($"{Name}: {each.Size} used for the first time, {use.Cost} us of processor time each");
                if (each.Size > 1)
                    firstUses.Add(use);

                var tokens = Picked(each, "/oauth2/token", $"grant_type=client_credentials&client_id={each.Silo.KeyId}&client_secret={each.Silo.Key}");
                var sets = Picked(each, "/.well-known/jwks.json", null);
                scripts.AddRange([tokens, sets]);
                loads.Add(new("token", each.Size, seconds => tokens.Run(seconds)));
                loads.Add(new("jwks", each.Size, seconds => sets.Run(seconds)));
            }

            var lines = Turns.Measure(Name, options, loads);
            return new GrowthPart(
                Name, "rings", GrowthPart.ProcessorTime, "A request's ring is any of them. The first use reads a ring and opens its private keys.", circumstances,
                [.. lines, new GrowthLine("first use", firstUses)], await fleet.Memory());
        }
        finally
        {
            scripts.ForEach(script => script.Dispose());
        }
    }

    private static Uri Jwks(int ring) => new($"/rings/{BulkStore.Ring(ring)}/.well-known/jwks.json", UriKind.Relative);

    private static Wrk Picked(SizedSilo each, string path, string? form) => Wrk.Scripted(each.Silo, string.Create(CultureInfo.InvariantCulture, $"""
        {(form is null ? "" : $"""
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
        wrk.body = "{form}"
        """)}
        request = function()
          return wrk.format(nil, string.format("/rings/ring-%05d{path}", math.random(0, {each.Size - 1})))
        end

        """));
}
