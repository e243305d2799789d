using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Engine;
using Tumbler.Engine.Audit;

namespace Tumbler.Storage.Protection;

/// <summary>A time-stamping authority over HTTP: RFC 3161 §3.4.</summary>
public sealed partial class TimestampAuthority(Uri url, HttpClient http, ILogger<TimestampAuthority> log) : ITimestampAuthority
{
    private const int NonceLength = 16;

    /// <summary>A response with its certificates takes some kilobytes.</summary>
    private const int MaxResponse = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<Result<byte[]>> Stamp(ReadOnlyMemory<byte> sha256, CancellationToken stop)
    {
        try
        {
            var request = Rfc3161TimestampRequest.CreateFromHash(
                sha256, HashAlgorithmName.SHA256, nonce: Chance.Bytes(NonceLength), requestSignerCertificates: true);
            var response = await Ask(request.Encode(), stop);

            // It must answer this very request: digest, nonce, policy.
            var token = request.ProcessResponse(response, out var length);
            return length == response.Length && token.VerifySignatureForHash(sha256.Span, HashAlgorithmName.SHA256, out _)
                ? response
                : Refused("The time-stamping authority's answer does not verify.", null);
        }
        catch (CryptographicException e)
        {
            return Refused("The time-stamping authority refused, or answered something else.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Refused("The time-stamping authority did not answer.", e);
        }
    }

    private async Task<byte[]> Ask(byte[] query, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var content = new ByteArrayContent(query) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        response.EnsureSuccessStatusCode();

        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var answer = new byte[MaxResponse];
        var length = await body.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, patience.Token);
        return answer[..length];
    }

    private Refusal Refused(string message, Exception? cause)
    {
        LogRefused(message, cause);
        return new Refusal(ErrorCode.Unavailable, message);
    }

    [LoggerMessage(LogLevel.Warning, "{Message}")]
    private partial void LogRefused(string message, Exception? cause);
}
