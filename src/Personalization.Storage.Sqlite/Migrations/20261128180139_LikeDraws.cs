using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LikeDraws : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Drawn",
                table: "Likes",
                type: "BLOB",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Drawn",
                table: "Likes");
        }
    }
}
