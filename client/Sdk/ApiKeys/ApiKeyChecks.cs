using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Net;
using Tumbler.Client.Telemetry;

namespace Tumbler.Client.ApiKeys;

/// <summary>Asks a Tumbler server about API keys; about one key only once at a time.</summary>
internal sealed partial class ApiKeyChecks : IDisposable
{
    /// <summary>The longest that the server gives out, and shared keys.</summary>
    private const int MaxKey = 512;

    private const int MaxAnswer = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker http = DocumentFetch.NewClient();
    private readonly ConcurrentDictionary<string, Lazy<Task<ApiKeyVerdict>>> underway = [];
    private readonly ApiKeyMemory memory;
    private readonly Uri url;
    private readonly string?[] audiences;
    private readonly TimeProvider clock;
    private readonly ClientMetrics metrics;
    private readonly ILogger log;

    public ApiKeyChecks(TumblerOptions options, TimeProvider clock, ClientMetrics metrics, ILogger<ApiKeyChecks> log)
    {
        (this.clock, this.metrics, this.log) = (clock, metrics, log);
        memory = new ApiKeyMemory(options.ApiKeyCache, clock);
        url = options.ApiKeyVerifyUrl is { } given ? new Uri(given) : ApiKeyAddress.Derived(options.Issuer!);
        audiences = options.Audience.Count == 0 ? [null] : [.. options.Audience];
    }

    /// <param name="address">The caller's, for keys that have allowed addresses.</param>
    public async ValueTask<ApiKeyVerdict> Check(string key, string? address, CancellationToken stop)
    {
        // Nobody has to be asked about these.
        if (key.Length is 0 or > MaxKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return Counted(ApiKeyVerdict.Refused, "");
        var name = memory.Name(key, address);
        if (memory.Find(name) is { } known)
            return Counted(known, "_remembered");
        var task = underway.GetOrAdd(name, name => new Lazy<Task<ApiKeyVerdict>>(() => Ask(name, key, address)));
        return Counted(await task.Value.WaitAsync(stop), "");
    }

    public void Dispose() => http.Dispose();

    private ApiKeyVerdict Counted(ApiKeyVerdict verdict, string how)
    {
        metrics.ApiKeyChecked(verdict.Result switch
        {
            ApiKeyResult.Good => $"ok{how}",
            ApiKeyResult.Unavailable => "unavailable",
            _ => $"refused{how}",
        });
        return verdict;
    }

    private async Task<ApiKeyVerdict> Ask(string name, string key, string? address)
    {
        // Not under anybody's GetOrAdd.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var verdict = ApiKeyVerdict.Refused;
            foreach (var audience in audiences)
            {
                var asked = clock.GetTimestamp();
                verdict = await Request(key, address, audience);
                if (verdict.Result is ApiKeyResult.Good or ApiKeyResult.Refused or ApiKeyResult.Forbidden)
                    memory.Keep(name, verdict, asked);
                if (verdict.Result != ApiKeyResult.Forbidden)
                    break;
            }

            return verdict;
        }
        finally
        {
            underway.TryRemove(name, out _);
        }
    }

    private async Task<ApiKeyVerdict> Request(string key, string? address, string? audience)
    {
        using var activity = ClientTraces.Source.StartActivity("tumbler.api_key.verify");
        using var late = new CancellationTokenSource(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Body(key, address, audience) };
            using var response = await http.SendAsync(request, late.Token);
            if ((int)response.StatusCode != 200)
            {
                Fail($"It answers {(int)response.StatusCode}.");
                return ApiKeyVerdict.Unavailable;
            }

            await response.Content.LoadIntoBufferAsync(MaxAnswer, late.Token);
            var verdict = ApiKeyAnswers.Read(await response.Content.ReadAsByteArrayAsync(late.Token));
            if (verdict.Result == ApiKeyResult.Unavailable)
                Fail("Its answer is not understood.");
            return verdict;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
        {
            Fail(e is OperationCanceledException ? $"It has not answered within {Limit.TotalSeconds} s." : e.Message);
            return ApiKeyVerdict.Unavailable;
        }
    }

    private void Fail(string problem) => CannotAsk(log, url, problem);

    private static ByteArrayContent Body(string key, string? address, string? audience)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            if (address is not null)
                json.WriteString("address", address);
            if (audience is not null)
                json.WriteString("audience", audience);
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Url} can't be asked about an API key, so it is not accepted (503). {Problem}")]
    private static partial void CannotAsk(ILogger log, Uri url, string problem);
}
