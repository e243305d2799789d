using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tumbler.Client.Tests.Outbound;

public sealed class OutboundMetricsTests
{
    [Fact]
    public async Task Tokens_are_counted_by_what_became_of_them()
    {
        await using var calling = await Calling.Start();
        var (meter, counted) = (calling.Meter, new ConcurrentQueue<string>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
            counted.Enqueue($"{instrument.Name} {string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))} {count}"));
        listener.Start();

        await calling.Get();
        calling.RefusesAll();
        calling.Issuer.Instead = Issuing.Refusal(401, new { error = "invalid_client" });
        await calling.Get();
        calling.Clock.Advance(TimeSpan.FromMinutes(5));
        calling.Issuer.Instead = Issuing.Refusal(503, new { error = "whatever it likes" });
        await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Equal(
            [
                "tumbler.client.token_fetches outcome=ok 1", "tumbler.client.token_refusals  1",
                "tumbler.client.token_fetches outcome=invalid_client 1", "tumbler.client.token_fetches outcome=failed 1",
            ],
            counted);
    }
}
