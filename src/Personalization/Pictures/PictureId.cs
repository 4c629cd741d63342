namespace Personalization.Pictures;

/// <summary>A picture's row number: positive, assigned by the store, never reused.</summary>
public readonly record struct PictureId(long Value)
{
    public override string ToString() => Value.ToString();
}
