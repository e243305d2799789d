using System.Security.Cryptography;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Transfer;

/// <summary>Single private keys out and in. Deriving a key from the password takes a second of a core, outside every lock.</summary>
public sealed class KeyTransfers(IStore store, RingKeepers keepers, KeyForge forge, TimeProvider clock) : IKeyTransfers
{
    public async Task<Result<ExportedKey>> Export(RingId ring, Kid kid, ExportKey request, CallContext call)
    {
        var check = new InputCheck();
        var format = TransferInput.FormatOf(check, request.Format);
        var password = TransferInput.NewPassword(check, request.Password);
        if (check.Failed)
            return check.Refusal;
        if (!(await Load(ring)).TryGet(out var state, out var refusal)
            || !KeyTransfer.Exportable(state, kid).TryGet(out var key, out refusal)
            || !(await Task.Run(() => Package(key, format, password))).TryGet(out var data, out refusal))
            return refusal;

        // The entry first: should it not be saved, nobody gets to see the key.
        var logged = await keepers.Change(
            ring,
            (current, now) => current is null ? NotFound(ring) : KeyTransfer.Export(current, kid, format, now),
            (_, _) => true,
            new RepeatableRequest($"keys.export {ring} {kid}", null),
            call with { IdempotencyKey = null });
        return logged.Map(_ => new ExportedKey(ring, kid, key.PublicKey.Algorithm, format, data));
    }

    public async Task<Result<KeyView>> Import(RingId ring, ImportKey request, CallContext call)
    {
        var check = new InputCheck();
        var input = TransferInput.Of(check, request, clock.Now());
        if (check.Failed)
            return check.Refusal;
        if (!(await Load(ring)).TryGet(out var state, out var refusal)
            || !(await Task.Run(() => Open(input, state.Policy))).TryGet(out var material, out refusal))
            return refusal;
        if (await OtherHolder(ring, material.PublicKey.Thumbprint()) is { } other)
            return new Refusal(ErrorCode.AlreadyExists, $"This key is in ring '{other}' already.");

        var imported = new ImportedKey(material, input.Signs, input.ExpiresAt);
        return await keepers.Change(
            ring,
            (current, now) => current is null ? NotFound(ring) : KeyTransfer.Import(current, imported, now),
            (change, now) => RingReport.Keys(change.Next, now).Single(key => key.Kid == material.Kid),
            // The receipt has a hash of this; of the password not even that.
            new RepeatableRequest($"keys.import {ring}", request with { Password = null }),
            call);
    }

    private Result<string> Package(SigningKey key, KeyFormat format, string password)
    {
        try
        {
            using var opened = forge.Open(key.PrivateKey!, key.PublicKey);
            return KeyPackage.Write(format, key, opened, password);
        }
        catch (UnreadableKeyException unreadable)
        {
            return new Refusal(ErrorCode.Conflict, $"The stored private key of '{key.Kid}' can't be used: {unreadable.Message}");
        }
    }

    private Result<KeyMaterial> Open(TransferInput input, RingPolicy policy)
    {
        if (!KeyPackage.Read(input.Format, input.Data, input.Password).TryGet(out var foreign, out var refusal))
            return refusal;
        using (foreign)
        {
            if (!foreign.Choose(input.Algorithm, policy.Algorithm).TryGet(out var algorithm, out refusal))
                return refusal;
            try
            {
                return forge.Adopt(input.Kid ?? new Kid(Chance.Uuid()), algorithm, foreign.Pkcs8);
            }
            catch (CryptographicException)
            {
                return Refusal.Invalid("data", "key", "data holds a private key that is not sound.");
            }
        }
    }

    /// <summary>A key in two rings would let tokens of one issuer pass for another's. Nobody guards the moment between this look
    /// and the import; it is made by people, one at a time.</summary>
    private async Task<RingId?> OtherHolder(RingId ring, byte[] thumbprint)
    {
        await foreach (var id in store.Rings.All(CancellationToken.None))
        {
            if (id != ring && await store.Rings.Load(id, CancellationToken.None) is { } stored && KeyTransfer.Holder(stored.State, thumbprint) is not null)
                return id;
        }

        return null;
    }

    private async Task<Result<KeyRing>> Load(RingId ring) =>
        await store.Rings.Load(ring, CancellationToken.None) is { } stored ? stored.State : NotFound(ring);

    private static Refusal NotFound(RingId ring) => Refusal.NotFound("ring", ring.Value);
}
