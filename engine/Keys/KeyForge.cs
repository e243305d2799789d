using System.Security.Cryptography;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Protection;

namespace Tumbler.Engine.Keys;

/// <summary>Makes the key pairs that plans ask for, outside every lock and transaction: an RSA key takes up to a second.</summary>
public sealed class KeyForge(IKeyProtector protector)
{
    /// <summary>One pair for each plan, in their order, made on all cores.</summary>
    public Task<KeyMaterial[]> Make(IReadOnlyList<KeyPlan> plans) =>
        Task.WhenAll(plans.Select(plan => Task.Run(() => Make(plan))));

    private KeyMaterial Make(KeyPlan plan)
    {
        using var made = PrivateKey.Generate(plan.Algorithm, plan.RsaBits);
        var publicKey = made.PublicJwk(new Kid(Chance.Uuid()));
        var pkcs8 = made.ExportPkcs8();
        try
        {
            return Protect(publicKey, pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>The same private key, protected for those who are recipients now and proved like a new one.</summary>
    /// <exception cref="UnreadableKeyException"/>
    public ProtectedKey Rewrap(SigningKey key)
    {
        using var opened = Open(key.PrivateKey!, key.PublicKey);
        var pkcs8 = opened.ExportPkcs8();
        try
        {
            return Protect(key.PublicKey, pkcs8).PrivateKey;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>A private key from elsewhere as one of ours.</summary>
    /// <exception cref="CryptographicException">It is no key of this algorithm, or it does not sign what its public half verifies.</exception>
    public KeyMaterial Adopt(Kid kid, JwsAlgorithm algorithm, ReadOnlySpan<byte> pkcs8)
    {
        using var adopted = PrivateKey.ImportPkcs8(algorithm, pkcs8);

        // Exported anew: whatever else was in the foreign PKCS#8 stays outside.
        var own = adopted.ExportPkcs8();
        try
        {
            return Protect(adopted.PublicJwk(kid), own);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(own);
        }
    }

    private KeyMaterial Protect(Jwk publicKey, ReadOnlySpan<byte> pkcs8)
    {
        var material = new KeyMaterial(publicKey.Kid, publicKey, protector.Protect(pkcs8));
        Prove(material);
        return material;
    }

    /// <summary>What will be read back from the store signs, and a verifier that parses the JWKS accepts it. Better
    /// found out now than in a day, when everybody depends on it.</summary>
    private void Prove(KeyMaterial material)
    {
        var published = JwkSet.Parse(JwkSet.Write([material.PublicKey])).Single();
        Open(material.PrivateKey, published).Dispose();
    }

    /// <summary>The private key, if it is the one that <paramref name="publicKey"/> was published for.</summary>
    /// <exception cref="UnreadableKeyException">Damaged, swapped, or protected for somebody else.</exception>
    public PrivateKey Open(ProtectedKey key, Jwk publicKey)
    {
        var pkcs8 = protector.Unprotect(key);
        PrivateKey? opened = null;
        try
        {
            opened = PrivateKey.ImportPkcs8(publicKey.Algorithm, pkcs8);
            if (opened.Matches(publicKey))
                return opened;
        }
        catch (CryptographicException e)
        {
            opened?.Dispose();
            throw new UnreadableKeyException(KeyFault.Damaged, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }

        opened.Dispose();
        throw new UnreadableKeyException(KeyFault.AnotherKey);
    }

    /// <summary>Of these keys those that can't be used here, and why. Takes a private-key operation each.</summary>
    public IReadOnlyDictionary<Kid, KeyFault> FaultsOf(IEnumerable<SigningKey> keys)
    {
        var faults = new Dictionary<Kid, KeyFault>();
        foreach (var key in keys)
        {
            try
            {
                Open(key.PrivateKey!, key.PublicKey).Dispose();
            }
            catch (UnreadableKeyException unreadable)
            {
                faults[key.Kid] = unreadable.Fault;
            }
        }

        return faults;
    }
}
