using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class UnmeasuredPictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Unmeasured",
                table: "Pictures",
                column: "FeaturesVersion",
                filter: "\"FileKey\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Pictures_Unmeasured",
                table: "Pictures");
        }
    }
}
